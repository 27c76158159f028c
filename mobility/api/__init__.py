"""The ground's JSON, one file a noun: the same actions and schemas as the pages."""
