-- Returns how many keys it was given.

return #KEYS
