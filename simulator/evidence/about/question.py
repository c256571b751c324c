"""What is wrong with a question, before anything is computed."""

from __future__ import annotations


class QuestionError(ValueError):
    """A question that cannot be answered: the keyword *field*, with the text given where it is long, breaks a *rule*."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field, self.rule = field, rule


__all__ = ["QuestionError"]
