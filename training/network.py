"""The encoder (BERT layout, MiniLM weights) with heads for tags, sentences, trees and names, in torch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.annotate.pieces import SHAPES


@dataclass(frozen=True, slots=True)
class Sizes:
    """Label counts and widths of the heads."""

    upos: int
    xpos: int
    feats: int
    labels: int
    names: int
    shapes: int
    arc: int = 320
    rel: int = 128
    terms: int = 0
    cues: int = 0
    deep: int = 2


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        size, length, width = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = y.transpose(1, 2).reshape(size, length, width)
        x = self.norm1(x + self.drop(self.out(y)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class WordLayer(nn.Module):
    """One transformer layer over word vectors, pre-norm; it begins as the identity."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.drop = nn.Dropout(0.1)
        for last in (self.out, self.down):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        size, length, width = x.shape
        qkv = self.qkv(self.norm1(x)).view(size, length, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + self.drop(self.out(y.transpose(1, 2).reshape(size, length, width)))
        return x + self.drop(self.down(F.gelu(self.up(self.norm2(x)))))


def per_row_int8(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Symmetric int8 values and one scale per row; `values * scale` is the weight again."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
    return torch.round(weight / scale).clamp(-127, 127).to(torch.int8), scale


class Quotes(nn.Module):
    """Who says what, for one cue at a time: word vectors and the cue in; per word nothing, source, content."""

    REACH = 48

    def __init__(self, width: int, inner: int = 160) -> None:
        super().__init__()
        self.down = nn.Linear(width, inner)
        self.cue = nn.Embedding(2, inner)
        self.away = nn.Embedding(2 * self.REACH + 1, inner)
        self.layers = nn.ModuleList(WordLayer(inner, 5, 3 * inner) for _ in range(2))
        self.norm = nn.LayerNorm(inner)
        self.roles = nn.Linear(inner, 3)

    def forward(self, words: Tensor, cue: Tensor, real: Tensor | None = None) -> Tensor:
        """(cues, words, width) and 0/1 rows (cues, words) in, (cues, words, 3) scores out."""
        places = torch.arange(cue.shape[1], device=cue.device)
        first = torch.argmax(cue, 1, keepdim=True)
        away = (places.unsqueeze(0) - first).clamp(-self.REACH, self.REACH) + self.REACH
        x = self.down(words) + self.cue(cue) + self.away(away)
        bias = None if real is None else real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return self.roles(self.norm(x))


class Network(nn.Module):
    """Word pieces in, scores for every task out.

    The word-piece table is frozen and already rounded to int8, so shipping it as int8 loses nothing.
    Inputs: `pieces`, `shapes` (batch, pieces), `firsts` (batch, words), and in training `mask` (batch, pieces).
    """

    def __init__(self, sizes: Sizes, folder: Path | None = None) -> None:
        super().__init__()
        width, heads, inner, count = 384, 12, 1536, 6
        self.sizes = sizes
        self.pieces = nn.Embedding(30522, width)
        self.positions = nn.Embedding(512, width)
        self.shapes = nn.Embedding(sizes.shapes, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(count))
        self.mix = nn.Parameter(torch.tensor([-3.0, -3.0, -2.0, -1.0, 0.0, 2.0]))
        self.deep = nn.ModuleList(WordLayer(width, 6, 1024) for _ in range(sizes.deep))
        self.drop = nn.Dropout(0.2)
        self.sents = nn.Linear(width, 2)
        self.tags = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.2))
        self.upos = nn.Linear(256, sizes.upos)
        self.xpos = nn.Linear(256, sizes.xpos)
        self.feats = nn.Linear(256, sizes.feats)
        self.named = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.2))
        self.names = nn.Linear(256, sizes.names)
        self.terms = nn.Linear(256, sizes.terms)
        self.said = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.2))
        self.cues = nn.Linear(256, sizes.cues)
        self.quotes = Quotes(width)
        self.arc_dep = nn.Linear(width, sizes.arc)
        self.arc_head = nn.Linear(width, sizes.arc)
        self.arc = nn.Linear(sizes.arc, sizes.arc, bias=False)
        self.arc_bias = nn.Linear(sizes.arc, 1)
        self.rel_dep = nn.Linear(width, sizes.rel)
        self.rel_head = nn.Linear(width, sizes.rel)
        self.rel = nn.Parameter(torch.zeros(sizes.labels, sizes.rel + 1, sizes.rel + 1))
        self.root = nn.Parameter(torch.zeros(width))
        self.head_drop = nn.Dropout(0.33)
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.rel, std=0.02)
        nn.init.xavier_uniform_(self.arc.weight, gain=0.3)
        if folder is not None:
            self._load(folder)
        self.pieces.weight.requires_grad_(False)

    def _load(self, folder: Path) -> None:
        raw = load_file(folder / "model.safetensors")
        raw = {name.removeprefix("bert."): value for name, value in raw.items()}
        values, scale = per_row_int8(raw["embeddings.word_embeddings.weight"])
        kind = raw["embeddings.token_type_embeddings.weight"][0]
        with torch.no_grad():
            self.pieces.weight.copy_(values * scale)
            self.positions.weight.copy_(raw["embeddings.position_embeddings.weight"] + kind)
            self.norm.weight.copy_(raw["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(raw["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for part in ("weight", "bias"):
                    joined = [raw[f"{at}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(joined))
                    for ours, theirs in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(ours, part).copy_(raw[f"{at}{theirs}.{part}"])

    def words(
        self,
        pieces: Tensor,
        shapes: Tensor,
        firsts: Tensor,
        mask: Tensor | None = None,
        real: Tensor | None = None,
    ) -> Tensor:
        """One vector per word: the mixed layers at its first piece, then the layers over words.

        `mask` (batch, pieces) and `real` (batch, words) are false where a padded batch has nothing.
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(places) + self.shapes(shapes)
        x = self.norm(x)
        bias = None if mask is None else mask[:, None, None, :]
        weights = torch.softmax(self.mix, 0)
        mixed = torch.zeros_like(x)
        for number, layer in enumerate(self.layers):
            x = layer(x, bias)
            mixed = mixed + weights[number] * x
        found = torch.gather(mixed, 1, firsts.unsqueeze(-1).expand(-1, -1, mixed.shape[-1]))
        bias = None if real is None else real[:, None, None, :]
        for layer in self.deep:
            found = layer(found, bias)
        return found

    def heads(self, w: Tensor) -> dict[str, Tensor]:
        """All scores that need no choice of tree; `arcs` is (batch, words, 1 + words), column 0 the root."""
        w = self.drop(w)
        tags, named = self.tags(w), self.named(w)
        with_root = torch.cat([self.root.expand(w.shape[0], 1, -1), w], 1)
        dep = self.head_drop(F.gelu(self.arc_dep(w)))
        head = self.head_drop(F.gelu(self.arc_head(with_root)))
        arcs = self.arc(dep) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return {
            "upos": self.upos(tags),
            "xpos": self.xpos(tags),
            "feats": self.feats(tags),
            "sents": self.sents(w),
            "names": self.names(named),
            "arcs": arcs,
            "rel_dep": self.head_drop(F.gelu(self.rel_dep(w))),
            "rel_head": self.head_drop(F.gelu(self.rel_head(with_root))),
            "terms": self.terms(named),
            "cues": self.cues(self.said(w)),
        }

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores of word-head pairs: (pairs, rel) twice in, (pairs, labels) out."""
        ones = torch.ones_like(dep[:, :1])
        dep, head = torch.cat([dep, ones], 1), torch.cat([head, ones], 1)
        count, width = self.rel.shape[0], self.rel.shape[1]
        left = dep @ self.rel.permute(1, 0, 2).reshape(width, count * width)
        return (left.view(-1, count, width) * head.unsqueeze(1)).sum(-1)


@torch.no_grad()
def shipped(folder: Path) -> tuple[Network, dict[str, list[str]]]:
    """The network and label lists of an exported model, to go on from where no checkpoint is left."""
    vocab = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    vocab.pop("triples")
    network = Network(Sizes(**{task: len(labels) for task, labels in vocab.items()}, shapes=len(SHAPES)))
    held = _exported(folder / "encoder.onnx", "arc.weight")
    held |= _exported(folder / "relations.onnx", "rel")
    held |= {f"quotes.{name}": value for name, value in _exported(folder / "quotes.onnx").items()}
    shares = [value for name, value in sorted(held.items()) if name.startswith("onnx::Mul_")]
    held["mix"] = np.log(np.array([share for share in shares if share.ndim == 0]))
    for name, value in network.named_parameters():
        found = torch.from_numpy(held[name].copy())
        if name == "rel":
            found = found.T.reshape(value.shape[1], value.shape[0], value.shape[2]).permute(1, 0, 2)
        value.copy_(found)
    return network, vocab


def _exported(path: Path, loose: str = "") -> dict[str, np.ndarray]:
    """Weights of an ONNX file by parameter name; `loose` names the one matrix without a bias."""
    graph = onnx.load(str(path)).graph
    raw = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    held = {}
    for name, value in raw.items():
        if name.endswith(".int8"):
            held[name.removesuffix(".int8")] = value * raw[name.replace(".int8", ".scale")]
        elif not name.endswith(".scale"):
            held[name] = value
    products = {n.output[0]: [i for i in n.input if i in held] for n in graph.node if n.op_type == "MatMul"}
    matrices = {}
    for node in graph.node:
        bias = next((i for i in node.input if i.endswith(".bias") and i in held), None)
        product = next((products[i] for i in node.input if products.get(i)), None)
        if node.op_type == "Add" and bias and product:
            matrices[bias.replace(".bias", ".weight")] = product[0]
    if loose:
        single = [found[0] for found in products.values() if found and found[0] not in matrices.values()]
        matrices[loose] = single[0]
    held |= {name: held[matrix].T for name, matrix in matrices.items()}
    return {name.removeprefix("network."): value for name, value in held.items()}


def save(network: Network, vocab: dict[str, list[str]], path: Path) -> None:
    """A checkpoint: weights, sizes and label lists."""
    state = {"state": network.state_dict(), "sizes": asdict(network.sizes), "vocab": json.dumps(vocab)}
    torch.save(state, path)


def restore(path: Path) -> tuple[Network, dict[str, list[str]]]:
    """The network and label lists of a checkpoint, or of the folder of an exported model."""
    if path.is_dir():
        return shipped(path)
    found = torch.load(path, weights_only=True)
    network = Network(Sizes(**found["sizes"]))
    network.load_state_dict(found["state"])
    return network, json.loads(found["vocab"])
