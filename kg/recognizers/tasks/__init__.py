"""The kinds of tasks, one module each; ``kg.recognizers.task`` puts them together."""
