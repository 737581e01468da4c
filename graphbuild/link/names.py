"""Personal names as news writes them: honorifics, given names, surnames, post-nominals; the words of posts and groups."""

import csv
from functools import lru_cache
from pathlib import Path

from graphbuild.errors import OntologyError

# An honorific before a surname; "sir" and "dame" stand before a given name as well.
MALE_TITLES = frozenset("mr sir lord baron king prince congressman viscount earl".split())
FEMALE_TITLES = frozenset("mrs ms miss dame lady baroness queen congresswoman princess".split())
GIVEN_NAME_TITLES = frozenset("sir dame prince princess king queen pope".split())
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | frozenset(
        """mx dr rev reverend prof professor sen rep gov senator representative governor councillor cllr alderman judge justice
    captain general colonel admiral president chancellor minister mayor ambassador detective sergeant inspector rt hon
    tem tempore""".split()
    )
)
SUFFIXES = frozenset("mp msp mep ms am qc kc kcb obe mbe cbe tds td mla mlas 's ' ’s".split())
# Pronouns that tell a person's gender.
GENDERS = dict.fromkeys(["he", "him", "his", "himself"], "m") | dict.fromkeys(["she", "her", "hers", "herself"], "f")
PARTICLES = frozenset("de del della di da do dos du la le van von der den al bin ap st st.".split())
# Heads of phrases that denote the holder of a public or party post.
POSTS = frozenset(
    """leader co-leader minister secretary chancellor president senator mp msp mep mla td mayor chairman chair chairwoman
    co-chair co-chairman chairperson spokesman spokeswoman spokesperson premier governor congressman congresswoman
    representative speaker deputy chief peer pm vp ambassador commissioner adviser advisor councillor candidate nominee lawmaker
    whip convener convenor attorney taoiseach tanaiste coordinator boss director prosecutor treasurer agent backbencher frontbencher lady
    politician veteran hopeful democrat republican tory conservative liberal commander strategist aide envoy legislator
    congressperson justice judge historian billionaire businessman host champion ex-minister ex-leader ex-mayor ex-mp
    supremo lawyer activist campaigner contender challenger frontrunner front-runner incumbent predecessor successor
    general president-elect baroness lord vice-president vice-chairman socialist independent nationalist unionist""".split()
)
# More heads of phrases that denote one person; unlike posts they are also parts of names.
AGENTS = frozenset(
    """counsel guard journalist reporter author editor columnist commentator presenter broadcaster economist academic
    professor scientist clerk officer archbishop bishop gunman brexiteer remainer marxist appointee lobbyist actor actress
    singer comedian bureaucrat diplomat pollster organiser organizer founder mogul tycoon magnate entrepreneur banker
    operative statesman star head ex-president ex-chancellor ex-secretary ex-premier dpm soldier priest teacher doctor
    surgeon barrister trader farmer writer novelist campaigner agitator provocateur firebrand newcomer moderate centrist
    leftist populist hardliner eurosceptic europhile lawmaker prosecutor reformer
    rebel grandee heavyweight stalwart loyalist maverick bruiser turncoat defector dissident whistleblower philanthropist
    financier investor executive consultant analyst pundit blogger podcaster rapper musician footballer boxer wrestler
    cricketer athlete astronaut pilot nurse midwife pharmacist engineer architect accountant solicitor magistrate policeman
    policewoman miner firefighter postman electrician plumber reservist marine colonel admiral chaplain preacher pastor rabbi
    imam evangelist playwright poet filmmaker producer chef model socialite heiress aristocrat baronet millionaire
    multimillionaire sociologist historian philosopher psychologist psychiatrist pediatrician paediatrician physician texan
    scot scotsman welshman welshwoman irishman irishwoman englishman yorkshireman etonian progressive feminist
    environmentalist humanitarian septuagenarian octogenarian thirtysomething""".split()
)
# Plural heads of phrases that denote unnamed actors together.
GROUPS = frozenset(
    """mps ministers members backbenchers frontbenchers senators lawmakers councillors peers rebels activists supporters
    voters leaders officials msps meps mayors unionists colleagues republicans democrats conservatives tories candidates
    delegates parliamentarians independents allies congressmen representatives liberals aides advisers governors whips
    legislators nationalists brexiteers remainers eurosceptics campaigners donors opponents critics unions chairmen
    frontbench backbench residents women veterans mlas tds appointees strategists loyalists moderates
    protesters protestors demonstrators superdelegates politicians prosecutors sheriffs homeowners evangelicals hispanics
    latinos unionists trade-unionists journalists figures elders workers graduates students families hopefuls contenders
    rivals affiliates executives bosses chiefs heads organisers organizers operatives insiders experts economists scientists
    parents teachers doctors nurses farmers pensioners associates backers followers fans volunteers staffers troops
    commentators lawyers generals agents negotiators diplomats advisors landlords taxpayers
    progressives caucusgoers electors dissidents entertainers celebrities renters bishops clergy rabbis imams pastors affiliates defectors
    libertarians centrists feminists environmentalists hardliners reformers detractors plotters mutineers grandees stalwarts""".split()
)


@lru_cache(maxsize=2)
def given_names(directory: Path) -> dict[str, str]:
    """Given name (lower case) -> "m", "f" or "" when it is both, from first_names.csv."""
    path = directory / "first_names.csv"
    if not path.is_file():
        raise OntologyError(f"gazetteer: there is no {path.name} in {directory}")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["gender"] for row in csv.DictReader(file)}
