"""How the shipped language pipeline is made: corpora -> windows -> network -> ONNX -> scores.

Parts: `corpora` reads treebanks and name corpora; `swaps` exchanges names; `windows` packs sentences
for the encoder; `network` is the encoder with its heads; `train` fits it; `export` writes the model
that `kg.annotate` loads; `score` measures it. Nothing here is imported by `kg`.
"""
