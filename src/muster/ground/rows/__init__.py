"""County rows, scope, keys, sealing, the actor."""
