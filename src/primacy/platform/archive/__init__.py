"""One archive of a whole site: backup, restore, move between databases, wipe, evacuate.

Everything speaks one format. `packing.site_frames` turns a consistent snapshot into frames;
`actions.loading` turns frames into a site and proves it. Between the two stands nothing (a move)
or an encrypted file (a backup).
"""
