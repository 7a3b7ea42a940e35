"""What keeps a store's file safe: replaced files, old logs, whole copies, clocks that ran ahead, who may read it."""
