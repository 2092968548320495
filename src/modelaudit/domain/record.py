"""`NamedTuple` for the records of this package, made five times as fast as `typing` makes them.

A scan of three files loads two hundred records and uses a quarter of them. `typing.NamedTuple` compiles every annotation and a constructor
for each when the module is imported, which took longer than everything else such a scan does. Here annotations stay text, and a
constructor is compiled when the first record is made. To a type checker it is `typing.NamedTuple`, and a test holds the two together.
"""

from __future__ import annotations

TYPE_CHECKING = False
"""`typing` takes longer to load than a page of help takes to write; type checkers know the name."""
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from functools import cache
    from operator import itemgetter

    try:
        from _collections import _tuplegetter
    except ImportError:  # another Python than CPython

        def _tuplegetter(index, doc):
            return property(itemgetter(index), doc=doc)

    class _Record(tuple):
        """What all records share."""

        __slots__ = ()

        def __new__(cls, /, *args, **kwargs):
            cls.__new__ = _constructor(cls)
            return cls(*args, **kwargs)

        @classmethod
        def _make(cls, iterable):
            made = tuple.__new__(cls, iterable)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self, strict=True))})"

    def _constructor(cls):
        """The constructor that `collections.namedtuple` writes, made of the one for any record with as many fields."""
        code = _template(len(cls._fields)).__code__
        code = code.replace(co_name="__new__", co_qualname=f"{cls.__qualname__}.__new__", co_varnames=("_cls", *cls._fields))
        made = type(_constructor)(code, {"_new": tuple.__new__, "__builtins__": {}, "__name__": f"record_{cls.__name__}"})
        made.__defaults__ = tuple(cls._field_defaults.values()) or None
        return staticmethod(made)

    @cache
    def _template(size):
        """A constructor whose parameters are still to be named: compiling one for each record took a fifteenth of a small scan."""
        names = "".join(f", _{number}" for number in range(size))
        return eval(f"lambda _cls{names}: _new(_cls, ({names[2:]}{',' if size else ''}))")

    class _Maker(type):
        """Turns the class statement of a record into a subclass of `tuple`; nothing of this stays with the class made."""

        def __new__(cls, name, bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {}
            for index, field in enumerate(fields):
                if field.startswith("_"):
                    raise ValueError(f"Field names cannot start with an underscore: {field!r}")
                if field in namespace:
                    defaults[field] = namespace[field]
                elif defaults:
                    raise TypeError(f"Non-default namedtuple field {field} cannot follow default fields")
                namespace[field] = _tuplegetter(index, "")
            namespace.update(__slots__=(), _fields=fields, __match_args__=fields, _field_defaults=defaults)
            return type(name, (_Record,), namespace)

    class NamedTuple:
        """Base of a record; see `typing.NamedTuple`."""

        def __mro_entries__(self, bases):
            return (_BASE,)

    _BASE = type.__new__(_Maker, "NamedTuple", (), {})
    NamedTuple = NamedTuple()
