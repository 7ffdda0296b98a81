"""Reads README.md as the Hugging Face Hub does, and prints what it holds."""

import json
import sys

from huggingface_hub import DatasetCard, DatasetCardData

card = DatasetCard.load(sys.argv[1])
assert isinstance(card.data, DatasetCardData), type(card.data)
again = DatasetCard(f"---\n{card.data.to_yaml()}\n---\n{card.text}")
assert again.data.to_dict() == card.data.to_dict(), "the front matter does not survive being written again"
print(json.dumps({"data": card.data.to_dict(), "text": card.text[:200]}))
