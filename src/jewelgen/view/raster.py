"""Which triangle is seen in each pixel: drawn by VTK off screen, every triangle in a colour of its own.

In: triangles, `Camera`.  Out: triangle numbers, -1 where nothing is. Light is worked out elsewhere, on numbers.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jewelgen.view.camera import VIEW, Camera

Array = NDArray[np.floating]
Index = NDArray[np.int64]


def seen(vertices: Array, triangles: Index, camera: Camera) -> Index:
    """Numbers of the foremost triangles, (height, width), top row first, -1 for the background."""
    from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow, vtkWindowToImageFilter

    window, renderer = vtkRenderWindow(), vtkRenderer()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)
    window.SetSize(*camera.size)
    renderer.SetBackground(0.0, 0.0, 0.0)
    renderer.AddActor(_actor(vertices, triangles))
    _aim(renderer, vertices, camera)
    window.AddRenderer(renderer)
    window.Render()
    grab = vtkWindowToImageFilter()
    grab.SetInput(window)
    grab.ReadFrontBufferOff()
    grab.Update()
    picture = _arrays().vtk_to_numpy(grab.GetOutput().GetPointData().GetScalars())
    w, h = camera.size
    rgb = picture.reshape(h, w, -1)[::-1, :, :3].astype(np.int64)
    window.Finalize()
    return np.asarray(rgb[..., 0] + 256 * rgb[..., 1] + 65536 * rgb[..., 2] - 1)


def _arrays() -> Any:
    """VTK's untyped bridge to numpy."""
    return import_module("vtkmodules.util.numpy_support")


def _actor(vertices: Array, triangles: Index) -> Any:
    """The triangles, unlit, number k + 1 written in the three bytes of its colour."""
    import vtkmodules.vtkRenderingOpenGL2  # noqa: F401  (registers what draws)
    from vtkmodules.vtkCommonCore import vtkPoints
    from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

    arrays = _arrays()
    points, cells, data = vtkPoints(), vtkCellArray(), vtkPolyData()
    points.SetDataTypeToDouble()
    points.SetData(arrays.numpy_to_vtk(np.ascontiguousarray(vertices), deep=1))
    starts = np.arange(0, triangles.size + 1, 3, dtype=np.int64)
    corners = np.ascontiguousarray(triangles.ravel(), dtype=np.int64)
    cells.SetData(*(arrays.numpy_to_vtkIdTypeArray(row, deep=1) for row in (starts, corners)))
    data.SetPoints(points)
    data.SetPolys(cells)
    number = np.arange(1, len(triangles) + 1)
    colours = np.stack((number & 255, (number >> 8) & 255, number >> 16), 1).astype(np.uint8)
    data.GetCellData().SetScalars(arrays.numpy_to_vtk(colours, deep=1))
    mapper, actor = vtkPolyDataMapper(), vtkActor()
    mapper.SetInputData(data)
    mapper.SetScalarModeToUseCellData()
    mapper.SetColorModeToDirectScalars()
    actor.SetMapper(mapper)
    actor.GetProperty().LightingOff()
    return actor


def _aim(renderer: Any, vertices: Array, camera: Camera) -> None:
    lens = renderer.GetActiveCamera()
    lens.SetPosition(*camera.eye)
    lens.SetFocalPoint(*camera.target)
    lens.SetViewUp(*camera.up)
    lens.SetViewAngle(VIEW)
    deep = (vertices - np.asarray(camera.eye)) @ camera.axes()[2]
    near = max(float(deep.min()) * 0.99, 0.05)
    lens.SetClippingRange(near, float(deep.max()) * 1.01 + 0.1)
