"""The ways a body is named, one module each; ``kg.recognizers.agency`` puts them together."""
