"""What is measured: measures.yaml as frozen models; periods, units, polarity, targets."""
