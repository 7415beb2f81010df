"""Words from which the example invents people, companies and hosts. None of them names anybody."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words("""
    ada amir anouk astrid bela bruno carla ciro dana davor edda elif emil esra fabio farah finn gita greta hadi hugo ida ilya ines
    iris jaro joan kaito kira lars leila lena luca maja malik mara milo mira nadia nils noor olga omar oskar pavel petra quinn rada
    remo rosa samir selma sina sven tara theo tilda uma vera viktor wanda yara yusuf zoe
""")

LAST = _words("""
    abel adler amberg ashdown barlow becker birch bourne brandt calder carver cole corbin dahl darrow dorsey eckert elgin ellis
    fenwick finch frost garner gibbs graham hale harper hartley holm ivers jansen kane keller knox lambert lang lowell marsh mercer
    moss norton nyberg oakes orton parker pike quill reed ridley rowan sawyer sexton stone tanner thorne turner underhill vale vance
    vogel walden weber whitlock wilder winslow yates
""")

NATURE = _words("""
    alder amber aspen birch bracken brook cedar clover copper coral crane cress dune elder ember fern field flint fjord gale garnet
    glen grove harbor hazel heath heron hollow holly iris ivory jasper juniper kestrel lake larch laurel linden lotus maple marsh
    meadow mint moss moor oak olive onyx opal orchard osprey pebble pine plover poplar quartz raven reed ridge river robin rowan sage
    sand shale sorrel spruce stone thistle thorn tide valley vine walnut willow wren yarrow
""")

TRADE = _words("""
    works labs foods freight optics press textiles energy design marine tools health games systems media retail logistics studio craft
    supply
""")

SITE = _words("""
    news shop mail maps forum travel weather video music books sports finance recipes jobs auction wiki photos tickets bank learn docs
    chat blog health
""")

SHARED = _words("""
    cdn metrics fonts ads static tags consent player images pixel scripts beacon
""")

CHANNEL = _words("""
    portal gateway sync assets update connect static-api edge cloud relay status content
""")
