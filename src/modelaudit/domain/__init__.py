"""Frozen records that the stages hand to one another.

Every record is a `NamedTuple`: immutable, typed, cheap to import, to hash and to send between processes. Two records of different types
with equal fields compare equal, as tuples do; keep unions apart by type (`match`, `isinstance`), never by `==`.
"""
