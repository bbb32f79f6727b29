"""Whether plain data obeys a schema of the few words that ours uses."""

KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
    "array": list,
    "object": dict,
}


def wrong(value, schema, path="$"):
    """Where a value breaks a schema of the few words that ours uses."""
    if "const" in schema:
        return [] if value == schema["const"] else [path]
    if "enum" in schema:
        return [] if value in schema["enum"] else [path]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, KINDS[kind]) for kind in kinds) or isinstance(value, bool):
        return [f"{path} is {type(value).__name__}"]
    found = []
    if isinstance(value, list) and "items" in schema:
        found = [
            row for i, v in enumerate(value) for row in wrong(v, schema["items"], f"{path}[{i}]")
        ]
    if isinstance(value, dict):
        known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        found = [f"{path} lacks {key}" for key in schema.get("required", ()) if key not in value]
        for key, v in value.items():
            if key in known or isinstance(more, dict):
                found += wrong(v, known.get(key, more), f"{path}.{key}")
            elif not more:
                found.append(f"{path}.{key} is unknown")
    return found
