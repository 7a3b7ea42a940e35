"""The proofs that what a store keeps is not contradicted by anything else that it keeps."""
