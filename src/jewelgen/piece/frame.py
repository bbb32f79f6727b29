"""Frames: where a thing sits and how it is turned, with a mirror flag for left and right hands.

Ring convention: finger axis y, 12 o'clock +z, x to the side. Pendant: plate in xy, front +z, bail +y.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Vec = tuple[float, float, float]


def dot(a: Vec, b: Vec) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def add(a: Vec, b: Vec, scale: float = 1.0) -> Vec:
    """`a + scale * b`."""
    return (a[0] + scale * b[0], a[1] + scale * b[1], a[2] + scale * b[2])


def unit(a: Vec) -> Vec:
    """`a` at length 1; raises `ValueError` on a null vector."""
    length = math.sqrt(dot(a, a))
    if length < 1e-12:
        raise ValueError("a direction of no length")
    return (a[0] / length, a[1] / length, a[2] / length)


@dataclass(frozen=True, slots=True)
class Frame:
    """Origin, x and z directions (unit, at right angles), and `flip` for a mirrored y."""

    origin: Vec = (0.0, 0.0, 0.0)
    x: Vec = (1.0, 0.0, 0.0)
    z: Vec = (0.0, 0.0, 1.0)
    flip: bool = False

    @property
    def y(self) -> Vec:
        """The third axis: z cross x, turned round when mirrored."""
        y = cross(self.z, self.x)
        return (-y[0], -y[1], -y[2]) if self.flip else y

    def vector(self, v: Vec) -> Vec:
        """A direction given in this frame, in the outer frame."""
        return add(add(add((0.0, 0.0, 0.0), self.x, v[0]), self.y, v[1]), self.z, v[2])

    def point(self, p: Vec) -> Vec:
        """A point given in this frame, in the outer frame."""
        return add(self.origin, self.vector(p))

    def then(self, inner: Frame) -> Frame:
        """The frame `inner`, given in this frame, in the outer frame."""
        return Frame(
            self.point(inner.origin),
            self.vector(inner.x),
            self.vector(inner.z),
            self.flip != inner.flip,
        )

    def rows(self) -> tuple[tuple[float, float, float, float], ...]:
        """The 3 x 4 matrix that maps a point of this frame to the outer one."""
        x, y, z, o = self.x, self.y, self.z, self.origin
        return tuple((x[i], y[i], z[i], o[i]) for i in range(3))

    def local(self, p: Vec) -> Vec:
        """A point of the outer frame in this frame's coordinates."""
        d = add(p, self.origin, -1.0)
        return (dot(d, self.x), dot(d, self.y), dot(d, self.z))

    def turned(self, degrees: float) -> Frame:
        """This frame turned about its own z by `degrees`."""
        a = math.radians(degrees)
        return self.then(Frame(x=(math.cos(a), math.sin(a), 0.0)))

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Frame:
        """This frame shifted along its own axes, in mm."""
        return self.then(Frame((x, y, z)))

    def mirrored(self) -> Frame:
        """This frame with its y reversed: left hand for right hand."""
        return Frame(self.origin, self.x, self.z, not self.flip)


def inverse(frame: Frame) -> Frame:
    """The outer frame as seen from `frame`."""
    x, y, z = frame.x, frame.y, frame.z
    home = Frame(flip=frame.flip, x=(x[0], y[0], z[0]), z=(x[2], y[2], z[2]))
    o = frame.local((0.0, 0.0, 0.0))
    return Frame(o, home.x, home.z, home.flip)


IDENTITY = Frame()
# z along the finger, x to 12 o'clock: polar arrays about it count degrees from the top towards +x.
FINGER = Frame(x=(0.0, 0.0, 1.0), z=(0.0, 1.0, 0.0))


def on_ring(radius: float, degrees: float = 0.0, along: float = 0.0) -> Frame:
    """The frame at `degrees` from 12 o'clock, z pointing outward at `radius`, y along the finger."""
    a = math.radians(degrees)
    s, c = math.sin(a), math.cos(a)
    return Frame((radius * s, along, radius * c), x=(c, 0.0, -s), z=(s, 0.0, c))
