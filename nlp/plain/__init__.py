"""What makes a Japanese text hard to read, rule by rule; `nlp.plainness` looks at a text with all of them."""
