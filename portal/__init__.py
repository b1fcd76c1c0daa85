"""The portal of the neighbourhood social teams: one package per thing a resident or worker can name.

foundation   what every domain stands on: settings, site, database, languages, clock, outbox, caches; knows no domain
ui           what every screen is made of: layouts, components, forms, style, errors; knows no domain
attachments  documents that people send along with a request: scanned, washed, locked away
messaging    messages to people by e-mail, text message or letter, and what became of them
accounts     staff: who works here, with which role, and how they sign in
teams        neighbourhoods, postcodes, hours: "find your team"
social_map   informal and formal help in the neighbourhood
pages        texts that editors own, in languages and reading levels
sitesearch   one search box over everything that registered itself, on screen and as JSON
cli          the `portal` command, one verb a file
start        the front door: composes what the domains offer, and what machines ask
models       every table there is, for migrations
migrations   how a database becomes what the models say
app          the one place that composes all of this; imported by nobody

Packages talk downwards by import and sideways by Pyramid directives; `setup.cfg` holds the contracts.
"""

import warnings

# Pyramid and deform still import pkg_resources and WebOb cgi: nothing an operator can mend.
warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
warnings.filterwarnings("ignore", message="'cgi' is deprecated")
