"""The encoder (BERT layout, MiniLM weights) with heads for tags, sentences, trees and names, in torch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn


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


def per_row_int8(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Symmetric int8 values and one scale per row; `values * scale` is the weight again."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / 127
    return torch.round(weight / scale).clamp(-127, 127).to(torch.int8), scale


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
        self.drop = nn.Dropout(0.2)
        self.sents = nn.Linear(width, 2)
        self.tags = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.2))
        self.upos = nn.Linear(256, sizes.upos)
        self.xpos = nn.Linear(256, sizes.xpos)
        self.feats = nn.Linear(256, sizes.feats)
        self.named = nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.2))
        self.names = nn.Linear(256, sizes.names)
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

    def words(self, pieces: Tensor, shapes: Tensor, firsts: Tensor, mask: Tensor | None = None) -> Tensor:
        """One vector per word: the mixed layers at its first piece."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(places) + self.shapes(shapes)
        x = self.norm(x)
        bias = None if mask is None else mask[:, None, None, :]
        weights = torch.softmax(self.mix, 0)
        mixed = torch.zeros_like(x)
        for number, layer in enumerate(self.layers):
            x = layer(x, bias)
            mixed = mixed + weights[number] * x
        return torch.gather(mixed, 1, firsts.unsqueeze(-1).expand(-1, -1, mixed.shape[-1]))

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
        }

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores of word-head pairs: (pairs, rel) twice in, (pairs, labels) out."""
        ones = torch.ones_like(dep[:, :1])
        dep, head = torch.cat([dep, ones], 1), torch.cat([head, ones], 1)
        count, width = self.rel.shape[0], self.rel.shape[1]
        left = dep @ self.rel.permute(1, 0, 2).reshape(width, count * width)
        return (left.view(-1, count, width) * head.unsqueeze(1)).sum(-1)


def save(network: Network, vocab: dict[str, list[str]], path: Path) -> None:
    """A checkpoint: weights, sizes and label lists."""
    state = {"state": network.state_dict(), "sizes": asdict(network.sizes), "vocab": json.dumps(vocab)}
    torch.save(state, path)


def restore(path: Path) -> tuple[Network, dict[str, list[str]]]:
    """The network and label lists of a checkpoint."""
    found = torch.load(path, weights_only=True)
    network = Network(Sizes(**found["sizes"]))
    network.load_state_dict(found["state"])
    return network, json.loads(found["vocab"])
