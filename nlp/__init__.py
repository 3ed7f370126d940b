"""Japanese text into tokens: char filters, tokenizer, token filters, analyzer."""
