"""Made-up persons of a force, some enrolled twice: the ground on which linkage is measured."""
