// The script of the room: everything works without it.
