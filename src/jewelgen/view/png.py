"""PNG files without a clock: the same pixels give the same bytes."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

LEVEL = 6  # of deflate: the last few percent of size take five times as long


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """An 8-bit RGB PNG of (height, width, 3) pixels, rows filtered by their upper neighbours."""
    height, width, _ = pixels.shape
    rows = pixels.reshape(height, -1).astype(np.int16)
    above = np.vstack((np.zeros((1, rows.shape[1]), dtype=np.int16), rows[:-1]))
    filtered = ((rows - above) & 255).astype(np.uint8)
    lines = np.hstack((np.full((height, 1), 2, dtype=np.uint8), filtered))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), LEVEL)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
