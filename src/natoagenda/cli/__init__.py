"""The command line: options, commands, exit codes. It asks the core and never computes."""
