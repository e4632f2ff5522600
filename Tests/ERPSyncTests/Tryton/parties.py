#!/usr/bin/python3
"""Enters third parties in a Tryton database, by Tryton's own code.

  parties.py CONFIGURATION DATABASE fill     three companies, a contact person, a closed number
  parties.py CONFIGURATION DATABASE change   what somebody types later
"""
import sys
import warnings

sys.modules["phonenumbers"] = None  # as on a server without that optional library: free text
warnings.simplefilter("ignore")
from proteus import Model, config  # noqa: E402

config.set_trytond("postgresql:///" + sys.argv[2], config_file=sys.argv[1])
Party, Mechanism = Model.get("party.party"), Model.get("party.contact_mechanism")


def number(party, kind, value, active=True):
    mechanism = Mechanism(party=party, type=kind, value=value)
    mechanism.save()
    if not active:
        mechanism.active = False
        mechanism.save()


def party(name, code, category=None):
    new = Party(name=name, code=code)
    if category:
        new.categories.append(category)
    new.addresses[0].city, new.addresses[0].country = "Strasbourg", france
    new.save()
    return new


def category(name):
    new = Model.get("party.category")(name=name)
    new.save()
    return new


if sys.argv[3] == "fill":
    france = Model.get("country.country")(name="France", code="FR")
    france.save()
    dupont = party("Éts Dupont & Fils", "C00123", category("Client"))
    number(dupont, "phone", "03 53 01 00 01 / 03 53 01 00 02")
    number(dupont, "phone", "01 99 00 00 08", active=False)
    marie = party("Marie Dupont", "C00124")
    number(marie, "mobile", "Tél. 06 39 98 00 01")
    weber = party("Weber", "C00125", category("Fournisseur"))
    number(weber, "phone", "+33 (0)4 65 71 00 01 poste 12")
    closed = party("Fermé", "C00126")
    number(closed, "phone", "01 99 00 00 09")
    closed.active = False
    closed.save()
    kind = Model.get("party.relation.type")(name="Contact de")
    kind.save()
    Model.get("party.relation.all")(from_=marie, to=dupont, type=kind).save()
else:
    weber, = Party.find([("code", "=", "C00125")])
    number(weber, "mobile", "06.39.98.00.09")
