"""Where records come from: files, folders and the manifests given with them."""
