"""Support: no support to a force without a due-diligence decision, from request to suspension."""
