"""Writes a checkpoint as the model folder that `kg.annotate` loads: `python -m training.export CHECKPOINT`.

All matrices are stored as int8 with one scale per output column (per row in the embedding tables) and are
widened when the model is loaded, so that all arithmetic stays in 32-bit floats.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.corpora import training_texts
from training.network import Network, restore
from training.train import encoder_folder

log = logging.getLogger("training")
FOLDER = Path(__file__).resolve().parent.parent / "kg/annotate/model"
OUTPUTS = (
    "upos", "xpos", "feats", "sents", "names", "terms", "cues", "arcs", "rel_dep", "rel_head", "vectors",
)  # fmt: skip


class _Encoder(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        vectors = self.network.words(pieces, shapes, firsts)
        scores = self.network.heads(vectors) | {"vectors": vectors}
        return tuple(scores[name] for name in OUTPUTS)


class _Relations(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, dep: Tensor, head: Tensor) -> Tensor:
        return self.network.relations(dep, head)


def graphs(network: Network, folder: Path) -> None:
    """Writes `encoder.onnx`, `relations.onnx` and `quotes.onnx`, weights as 32-bit floats."""
    network.eval()
    pieces = torch.randint(1000, 20000, (1, 24))
    firsts = torch.arange(1, 17).unsqueeze(0)
    torch.onnx.export(
        _Encoder(network),
        (pieces, torch.ones_like(pieces), firsts),
        str(folder / "encoder.onnx"),
        input_names=["pieces", "shapes", "firsts"],
        output_names=list(OUTPUTS),
        dynamic_axes={
            "pieces": {1: "pieces"},
            "shapes": {1: "pieces"},
            "firsts": {1: "words"},
            **{name: {1: "words"} for name in OUTPUTS},
        },
        opset_version=17,
        dynamo=False,
    )
    width = network.sizes.rel
    torch.onnx.export(
        _Relations(network),
        (torch.randn(5, width), torch.randn(5, width)),
        str(folder / "relations.onnx"),
        input_names=["dep", "head"],
        output_names=["labels"],
        dynamic_axes={"dep": {0: "pairs"}, "head": {0: "pairs"}, "labels": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )
    cue = torch.zeros(2, 16, dtype=torch.long)
    cue[0, 3] = cue[1, 7] = 1
    torch.onnx.export(
        network.quotes,
        (torch.randn(1, 16, network.root.shape[0]), cue),
        str(folder / "quotes.onnx"),
        input_names=["vectors", "cue"],
        output_names=["roles"],
        dynamic_axes={
            "vectors": {1: "words"},
            "cue": {0: "cues", 1: "words"},
            "roles": {0: "cues", 1: "words"},
        },
        opset_version=17,
        dynamo=False,
    )


def narrow(path: Path) -> None:
    """Replaces every large matrix of an ONNX file by int8 values, scales and a DequantizeLinear node."""
    model = onnx.load(str(path))
    graph = model.graph
    gathers = {node.input[0]: node for node in graph.node if node.op_type == "Gather"}
    fresh = []
    for weight in list(graph.initializer):
        if weight.data_type != TensorProto.FLOAT or len(weight.dims) < 2 or np.prod(weight.dims) < 8000:
            continue
        values = numpy_helper.to_array(weight)
        lookup = weight.name in gathers
        axis = 0 if lookup or values.ndim > 2 else 1
        other = tuple(i for i in range(values.ndim) if i != axis)
        scale = np.maximum(np.abs(values).max(axis=other), 1e-8) / 127
        shaped = scale.reshape([-1 if i == axis else 1 for i in range(values.ndim)])
        small = np.clip(np.round(values / shaped), -127, 127).astype(np.int8)
        name = weight.name
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(small, name + ".int8"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), name + ".scale"))
        if lookup:
            # Look up the rows first and widen only them: the table is never held as floats.
            node = gathers[name]
            out = node.output[0]
            node.input[0] = name + ".int8"
            node.output[0] = out + ".int8"
            column = numpy_helper.from_array(scale.astype(np.float32).reshape(-1, 1), name + ".scale")
            graph.initializer.pop()
            graph.initializer.append(column)
            at = list(graph.node).index(node)
            rows = helper.make_node(
                "Gather", [name + ".scale", node.input[1]], [out + ".scale"], name=name + "/scale"
            )
            wide = helper.make_node(
                "Cast", [out + ".int8"], [out + ".wide"], to=TensorProto.FLOAT, name=name + "/cast"
            )
            times = helper.make_node("Mul", [out + ".wide", out + ".scale"], [out], name=name + "/widen")
            for offset, extra in enumerate((rows, wide, times)):
                graph.node.insert(at + 1 + offset, extra)
        else:
            fresh.append(
                helper.make_node(
                    "DequantizeLinear",
                    [name + ".int8", name + ".scale"],
                    [name],
                    axis=axis,
                    name=name + "/widen",
                )
            )
    for node in reversed(fresh):
        graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def triples(vocab: dict[str, list[str]], data: Path) -> list[list[int]]:
    """Combinations (upos, xpos, feats) that the treebanks have, as label indices, sorted."""
    index = {task: {label: i for i, label in enumerate(vocab[task])} for task in ("upos", "xpos", "feats")}
    found = {
        (index["upos"][u], index["xpos"][x], index["feats"][f])
        for text in training_texts(data)
        for s in text.sentences
        for u, x, f in zip(s.upos, s.xpos, s.feats, strict=True)
        if x in index["xpos"] and f in index["feats"]
    }
    return [list(row) for row in sorted(found)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Export one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument(
        "--float", action="store_true", help="keep 32-bit weights, to measure what rounding costs"
    )
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    network, vocab = restore(options.checkpoint)
    graphs(network, options.folder)
    if not options.float:
        for name in ("encoder.onnx", "relations.onnx", "quotes.onnx"):
            narrow(options.folder / name)
    table = vocab | {"triples": triples(vocab, options.data)}
    (options.folder / "labels.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    shutil.copy(encoder_folder() / "tokenizer.json", options.folder / "tokenizer.json")
    size = sum(f.stat().st_size for f in options.folder.iterdir())
    logging.basicConfig(level=logging.INFO)
    log.info("%s: %.1f MB", options.folder, size / 1e6)


if __name__ == "__main__":
    main()
