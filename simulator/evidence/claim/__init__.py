"""Published statements held against published figures: rates by every denominator, agreement, and a verdict by rule."""
