"""The command line: takes input, calls one function, shows the answer."""
