"""Octets for the tests, made here."""

import math
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


def named_plot(name):
    """A CAT048 record with I048/010, 140, 020, 040, 070 and the aircraft identification I048/240."""
    letters = 0
    for character in name.ljust(8):
        letters = letters << 6 | ord(character) & 63
    return bytes([0b11111001, 0b01000000]) + plot()[1:] + letters.to_bytes(6, "big")


def bare(sac=25, sic=201):
    """A CAT048 record with its source alone."""
    return bytes([0b10000000, sac, sic])


def with_parity(octets):
    """A Mode S message with its 24 parity bits (ICAO Annex 10 volume IV, 3.1.2.3.3)."""
    value = int.from_bytes(octets, "big") << 24
    for bit in range(len(octets) * 8 + 23, 23, -1):
        if value >> bit & 1:
            value ^= 0x1FFF409 << (bit - 24)
    return octets + value.to_bytes(3, "big")


def zones(latitude_deg):
    """How many longitude zones a latitude has (RTCA DO-260B A.1.7.2)."""
    if abs(latitude_deg) >= 87.0:
        return 2 if abs(latitude_deg) == 87.0 else 1
    part = 1 - (1 - math.cos(math.pi / 30)) / math.cos(math.radians(latitude_deg)) ** 2
    return math.floor(2 * math.pi / math.acos(part)) if latitude_deg else 59


def position_squitter(address, latitude_deg, longitude_deg, odd, altitude_ft=35_000):
    """An airborne position message, DF17 type code 11, altitude in steps of 25 ft."""
    latitude_step = 360 / (59 if odd else 60)
    yz = math.floor(2 ** 17 * (latitude_deg % latitude_step) / latitude_step + 0.5)
    reached = latitude_step * (yz / 2 ** 17 + math.floor(latitude_deg / latitude_step))
    longitude_step = 360 / max(zones(reached) - odd, 1)
    xz = math.floor(2 ** 17 * (longitude_deg % longitude_step) / longitude_step + 0.5)
    steps = (altitude_ft + 1000) // 25
    altitude = (steps >> 4) << 5 | 1 << 4 | steps & 15
    me = 11 << 51 | altitude << 36 | odd << 34 | (yz & 0x1FFFF) << 17 | xz & 0x1FFFF
    return with_parity(bytes([17 << 3 | 5]) + address.to_bytes(3, "big") + me.to_bytes(7, "big"))


def identification_squitter(address, name):
    """An identification message, DF17 type code 4, category A3."""
    me = 4 << 3 | 3
    for character in name.ljust(8):
        me = me << 6 | ord(character) & 63
    return with_parity(bytes([17 << 3 | 5]) + address.to_bytes(3, "big") + me.to_bytes(7, "big"))


def beast(messages):
    """A Beast recording of (seconds, message)."""
    out = b""
    for seconds, message in messages:
        body = int(seconds * 12e6).to_bytes(6, "big") + bytes([128]) + message
        kind = b"\x1a3" if len(message) == 14 else b"\x1a2"
        out += kind + body.replace(b"\x1a", b"\x1a\x1a")
    return out


def squitter(address, me, first=17 << 3 | 5):
    """DF17, or by its first octet DF18, with any 56 bits."""
    return with_parity(bytes([first]) + address.to_bytes(3, "big") + me.to_bytes(7, "big"))


def reply(address, octets):
    """A reply whose parity hides the address: `octets` is all but the last three."""
    plain = with_parity(octets)
    return plain[:-3] + (int.from_bytes(plain[-3:], "big") ^ address).to_bytes(3, "big")
