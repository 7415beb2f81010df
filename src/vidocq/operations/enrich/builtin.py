"""The few lists that are always there. Each entry is a name or address that its operator publishes as a service of that kind."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


RPC = _words(
    """
    cloudflare-eth.com llamarpc.com rpc.ankr.com publicnode.com rpc.flashbots.net drpc.org eth.merkle.io 1rpc.io
    mainnet.infura.io sepolia.infura.io polygon-mainnet.infura.io bsc-mainnet.infura.io arbitrum-mainnet.infura.io optimism-mainnet.infura.io
    base-mainnet.infura.io linea-mainnet.infura.io avalanche-mainnet.infura.io g.alchemy.com alchemyapi.io quiknode.pro blastapi.io getblock.io
    eth.rpc.blxrbdn.com bsc.rpc.blxrbdn.com virginia.rpc.blxrbdn.com rpc.payload.de rpc.mevblocker.io ethereum.blockpi.network
    bsc.blockpi.network polygon.blockpi.network endpoints.omniatech.io gateway.tenderly.co rpc.tenderly.co chainstacklabs.com core.chainstack.com
    api.zan.top rpc.eth.gateway.fm eth-mainnet.nodereal.io bsc-mainnet.nodereal.io bsc.nodereal.io rpc.builder0x69.io mainnet.eth.cloud.ava.do
    bsc-dataseed.binance.org bsc-dataseed1.binance.org bsc-dataseed2.binance.org bsc-dataseed3.binance.org bsc-dataseed4.binance.org
    bsc-dataseed.bnbchain.org bsc-dataseed1.bnbchain.org bsc-dataseed2.bnbchain.org bsc-dataseed3.bnbchain.org bsc-dataseed4.bnbchain.org
    bsc-dataseed-public.bnbchain.org bsc-testnet-dataseed.bnbchain.org bsc-testnet.bnbchain.org bsc-prebsc-dataseed.bnbchain.org
    data-seed-prebsc-1-s1.binance.org data-seed-prebsc-2-s1.binance.org data-seed-prebsc-1-s1.bnbchain.org data-seed-prebsc-2-s1.bnbchain.org
    bsc-dataseed.nariox.org bsc-dataseed.defibit.io bsc-dataseed1.defibit.io bsc-dataseed2.defibit.io bsc-dataseed3.defibit.io bsc-dataseed4.defibit.io
    bsc-dataseed.ninicoin.io bsc-dataseed1.ninicoin.io bsc-dataseed2.ninicoin.io bsc-dataseed3.ninicoin.io bsc-dataseed4.ninicoin.io
    bnb.rpc.subquery.network rpc-bsc.48.club polygon-rpc.com rpc-mainnet.matic.network rpc-mainnet.maticvigil.com rpc-mainnet.matic.quiknode.pro
    rpc-amoy.polygon.technology arb1.arbitrum.io mainnet.optimism.io mainnet.base.org api.avax.network forno.celo.org rpc.gnosischain.com
    api.mainnet-beta.solana.com api.devnet.solana.com api.testnet.solana.com solana-api.projectserum.com ssc-dao.genesysgo.net rpc.helius.xyz
    helius-rpc.com api.trongrid.io fullnode.mainnet.sui.io rpc.mainnet.near.org rpc.sepolia.org
    """
)
"""JSON-RPC endpoints of Ethereum, BNB Smart Chain, Polygon, Solana and their kin: a program that reads a contract for its orders asks here."""

POOL = _words(
    """
    supportxmr.com nanopool.org minexmr.com moneroocean.stream hashvault.pro 2miners.com f2pool.com nicehash.com herominers.com c3pool.com c3pool.org
    unmineable.com minergate.com xmrpool.eu monerohash.com dwarfpool.com crypto-pool.fr ppxxmr.com moneropool.com monerop.com xmr.pt p2pool.io
    xmrfast.com donate.v2.xmrig.com donate.ssl.xmrig.com kryptex.network kryptex.com woolypooly.com flypool.org ethermine.org
    hiveon.net hiveon.com flexpool.io ezil.me sparkpool.com poolin.com antpool.com viabtc.com viabtc.io slushpool.com braiins.com luxor.tech
    prohashing.com zpool.ca zergpool.com mining-dutch.nl miningpoolhub.com suprnova.cc litecoinpool.org rplant.xyz skypool.org aterx.com
    volt-mine.com gntl.uk xmrvsbeast.com bohemianpool.com solopool.org k1pool.com cedric-crispin.com zephyr.miningocean.org miningocean.org
    auto.c3pool.org coinhive.com coin-hive.com cryptoloot.pro crypto-loot.com webminepool.com minero.cc coinimp.com jsecoin.com
    """
)
"""Mining pools and miners in web pages."""

DYNAMIC = _words(
    """
    duckdns.org ddns.net no-ip.org no-ip.biz no-ip.info noip.me noip.us hopto.org zapto.org sytes.net serveftp.com servebeer.com serveblog.net
    servegame.com servehttp.com serveminecraft.net redirectme.net myftp.org myftp.biz myvnc.com gotdns.ch bounceme.net webhop.me 3utilities.com
    dyndns.org dyndns.biz dyndns.info homeip.net homelinux.net homelinux.org dynalias.com dynalias.net dnsalias.com dnsalias.net dnsdojo.com
    dynu.net dynu.com freeddns.org ddnsfree.com giize.com gleeze.com kozow.com loseyourip.com ooguy.com theworkpc.com casacam.net accesscam.org
    camdvr.org mywire.org webredirect.org afraid.org mooo.com chickenkiller.com jumpingcrab.com strangled.net crabdance.com ignorelist.com
    changeip.com changeip.net changeip.org dnset.com dns04.com dns05.com ddns.us ddns.info ddns.mobi dumb1.com ns01.info ns02.info
    sexidude.com zyns.com 1dumb.com itemdb.com itsaol.com lflinkup.com lflinkup.net mrbasic.com mrface.com my03.com myddns.com mynumber.org
    ezua.com onmypc.net onmypc.org organiccrap.com otzo.com port25.biz qhigh.com qpoe.com rebatesrule.net sendsmtp.com toythieves.com wikaba.com
    x24hr.com xxuz.com dynv6.net spdns.de spdns.eu spdns.org nsupdate.info dtdns.net 3322.org 8866.org 9966.org f3322.net f3322.org gnway.net
    vicp.net vicp.cc eicp.net oicp.net xicp.net myfritz.net synology.me selfip.com
    """
)
"""Domains under which anybody gets a name for an address that changes."""

SHORTENER = _words(
    "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly t.ly rb.gy shorturl.at tiny.cc s.id lnkd.in bl.ink adf.ly qr.ae"
)
"""Links whose host hides where they lead."""

RESOLVER = _words(
    """
    8.8.8.8 8.8.4.4 2001:4860:4860::8888 2001:4860:4860::8844 1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 2606:4700:4700::1111 2606:4700:4700::1001
    9.9.9.9 9.9.9.10 9.9.9.11 149.112.112.112 149.112.112.10 149.112.112.11 2620:fe::fe 2620:fe::9 208.67.222.222 208.67.220.220 208.67.222.123
    208.67.220.123 2620:119:35::35 2620:119:53::53 94.140.14.14 94.140.15.15 94.140.14.15 94.140.15.16 76.76.2.0 76.76.10.0 185.228.168.9
    185.228.169.9 64.6.64.6 64.6.65.6 77.88.8.8 77.88.8.1 114.114.114.114 114.114.115.115 223.5.5.5 223.6.6.6 119.29.29.29 180.76.76.76
    4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6 195.46.39.39 195.46.39.40 8.26.56.26 8.20.247.20 84.200.69.80 84.200.70.40 74.82.42.42
    """
)
"""Public DNS resolvers, by the addresses that their operators publish (Google, Cloudflare, Quad9, OpenDNS, AdGuard and others)."""

CLOUDS = (
    ("amazon", r"^amazon\b"),
    ("google", r"^google[- ]cloud"),
    ("microsoft", r"^microsoft[- ]corp"),
    ("oracle", r"^oracle[- ](bmc|cloud)"),
    ("alibaba", r"\balibaba\b"),
    ("tencent", r"^(shenzhen )?tencent\b"),
    ("huawei", r"^huawei clouds?\b"),
    ("digitalocean", r"^digital ?ocean\b"),
    ("linode", r"^(linode|akamai connected cloud)\b"),
    ("vultr", r"^(as-choopa|choopa|the constant company|vultr)\b"),
    ("ovh", r"^ovh\b"),
    ("hetzner", r"^hetzner\b"),
    ("scaleway", r"^(scaleway|online s\.?a\.?s)\b"),
    ("ibm", r"^(softlayer|ibm[- ]cloud)\b"),
    ("cloudflare", r"^cloudflare"),
    ("github", r"^github\b"),
    ("fastly", r"^fastly\b"),
)
"""Clouds by the name under which they announce their networks, for when no table of ranges is given."""

HOSTING = (
    r"\bhosting\b|hosting\b|\bhost(inger|winds|opia|royale|ing)|\bvps\b|\bdata ?-?cent(er|re)s?\b|datacent(er|re)s?\b|\b(dedicated )?servers?\b|\bcloud\b"
    r"|^(m247|leaseweb|contabo|colocrossing|as-colocrossing|as-coloam|cologix|firstcolo|quadranet|asn-quadranet|psychz|datacamp|cdn77|zenlayer|selectel|rackspace"
    r"|ionos se|strato ag|server-mania|servers-com|serverius|dreamhost|a2hosting|mojohost|layer-host|godaddy|namecheap|plusserver|iomart|xserver|upcloud"
    r"|kamatera|ramnode|buyvm|frantech|ponynet|worldstream|nforce|i3d|g-core|gcore|stark industries|aeza|hostkey|timeweb|first colo|clouvider|ipxo|equinix)\b"
)
"""Names of companies that let computers. It says yes, never no."""

NAMES = {"rpc": RPC, "pool": POOL, "dynamic": DYNAMIC, "shortener": SHORTENER}
SPEAKS_FOR_THE_REST = frozenset({"rpc", "pool"})
"""Columns for which not standing on the built-in list means no. The other built-in lists are seeds: what they lack is unknown."""
