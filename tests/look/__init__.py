"""What takes longer than the test suite and is looked at by a person: `make look`.

Pictures of every page in every width, scheme and language with contact sheets of them, Lighthouse
on the pages that a class opens first, and every lesson played through in a browser. All of it goes
to `build/look`.
"""
