"""The contract and the condition reports on paper."""
