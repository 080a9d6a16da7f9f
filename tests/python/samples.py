"""Octets for the tests, made here."""

import struct


def block(category, *records):
    body = b"".join(records)
    return struct.pack(">BH", category, len(body) + 3) + body


def plot(time_s=3600.5, rho_nm=50.25, theta_steps=0x4000, mode_3a=0o7421, registers=()):
    """A CAT048 record with I048/010, 140, 020, 040, 070 and 250."""
    fspec = bytes([0b11111001, 0b00100000]) if registers else bytes([0b11111000])
    out = fspec + bytes([25, 201]) + int(time_s * 128).to_bytes(3, "big") + bytes([0b10100000])
    out += struct.pack(">HHH", int(rho_nm * 256), theta_steps, mode_3a)
    if registers:
        out += bytes([len(registers)]) + b"".join(r.to_bytes(8, "big") for r in registers)
    return out


def bare(sac=25, sic=201):
    """A CAT048 record with its source alone."""
    return bytes([0b10000000, sac, sic])
