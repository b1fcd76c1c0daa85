"""Washing documents: written anew with only what we know, and refused when there is something in it that can act.

Everything here runs in `room`, a process with hard bounds and nothing of ours in its environment: whoever sends a file
chooses what these modules and their libraries have to read.
"""
