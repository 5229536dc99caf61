"""The rules by which an imported statement gets its role: data, each with examples.

A rule is a pattern over one sentence. `NL` stands for the Netherlands or its cabinet as who
speaks, `ADV` for a few adverbs in between. The first rule that matches decides, in the order of
`RULES`: what parliament is promised, what the Netherlands wants, what the meeting will do. The
examples are tests: those of a rule must get its role through it, and `NO_ROLE` must get none.
"""

from __future__ import annotations

import msgspec

from natoagenda.model import Role


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern, the role of a sentence that it matches, and sentences to prove it.

    Attributes:
        name: what the rule is about.
        role: what it gives.
        pattern: a regular expression with the names of `PARTS` in angle brackets.
        unless: sentences that also match this are passed over.
        examples: sentences that get the role through this rule.
    """

    name: str
    role: Role
    pattern: str
    unless: str | None = None
    examples: tuple[str, ...]


_MINISTER = (
    r"(?>de\s+(?:(?:demissionair|waarnemend)\s+)?(?:(?:vice-)?minister-president|premier"
    r"|(?:minister|staatssecretaris)(?:\s+(?:van|voor)\s+(?:[A-Z][\w-]+|en|de|van|voor)"
    r"(?:(?:,?\s+(?:en\s+)?)[A-Z][\w-]+)*)?))(?!\s+van\s+(?:de\s+|het\s+)?[A-Z])"
)

PARTS: dict[str, str] = {
    "cabinet": r"(?:het|ons|dit)\s+(?:(?:demissionaire|Nederlandse|huidige|nieuwe)\s+)?kabinet",
    "speaker": (
        r"(?:Nederland|<cabinet>|de\s+Nederlandse\s+(?:regering|delegatie|minister|bewindspersoon"
        r"|staatssecretaris|premier)|de\s+regering|de\s+bewindspersonen|het\s+Koninkrijk(?:\s+der\s+Nederlanden)?|ik|wij|we|"
        + _MINISTER
        + r")"
    ),
    "NL": (  # as a subject: not "van Nederland", "in Nederland", "dan het kabinet"
        r"(?<!\bvan )(?<!\bmet )(?<!\bin )(?<!\baan )(?<!\bnaar )(?<!\buit )(?<!\btussen )"
        r"(?<!\bdoor )(?<!\bvoor )(?<!\bbij )(?<!\bzoals )(?<!\bwaaronder )(?<!\bdan )"
        r"(?<!\binclusief )(?<!\bnamens )(?<!\bop )(?<!\bover )(?<!\btegen )(?<!\baf )"
        r"(?<!\bbinnen )(?<!\bbuiten )(?<!\brichting )(?<!\brond )(?<!\bvolgens )(?<!\bnaast )"
        r"(?<!\bvanuit )(?<!\bzonder )(?<![\w-])<speaker>(?![\w’'-]|\sse\b)"
    ),
    "aside": r"(?:,\s[^,]{2,120},|\s\([^)]{2,80}\)|\s–\s[^–]{2,120}\s–)?",
    "few": (r"(?:\s(?!(?:dat|die|heeft|hebben|had|was|werd|is|zal|om|te)\b)[\w’'-]+){0,4}"),
    "and": r"(?:(?:,\s[A-ZÀ-Þ][\w-]+)*\s(?:en|samen\smet|evenals|net\sals)\s[A-ZÀ-Þ][\w-]+(?:\sen\s[A-ZÀ-Þ][\w-]+)?)?",
    # Verbs that say of themselves what their subject wants or holds.
    "wants": (
        r"(?:steunt?|steunen|ondersteunt?|ondersteunen|pleit|pleiten|bepleit|bepleiten|hecht"
        r"|hechten|verwelkomt?|verwelkomen|onderstreept?|onderstrepen|onderschrijft?"
        r"|onderschrijven|benadrukt?|benadrukken|acht|achten|vindt?|vinden|wil|willen|wenst?"
        r"|wensen|streeft?|streven|beoogt?|beogen|dringt?|dringen|hoopt?|hopen|meent?|menen"
        r"|erkent?|erkennen|onderkent?|waardeert?|waarderen|juicht?|juichen|betreurt?|betreuren"
        r"|veroordeelt?|veroordelen|verwerpt?|verwerpen|waarschuwt?|waarschuwen|beschouwt?"
        r"|beschouwen|ijvert|bevestigt|begrijpt|prefereert|verzoekt|verzoeken|oordeelt"
        r"|dient|wijst|wijzen|schaart|prijst|begroet|verkiest|hamert|verzet|verzetten|wenselijk|vreest|vrees|vrezen|behoudt|behouden|verwacht(?=\svan))"
    ),
    # Forms of zullen, willen and the like, after which any deed at the meeting follows.
    "will": r"(?:zal|zullen|zou|zouden|wil|willen)",
    # Deeds that are no stance: who goes there, and what merely takes place.
    "attend": (
        r"(?:deel\s?(?:te\s)?nemen|deelnemen|deelneemt|bij\s?(?:te\s)?wonen|bijwonen|bijwoont|aanwezig"
        r"|vertegenwoordig\w*|afreizen|gastheer|voorzitten|toetreden|plaatsvinden|(?:te\s)?ontvangen"
        r"|vertrekken|aansluiten\s+bij\s+het\s+diner|het\s+woord\s+voeren\s+namens)"
    ),
    "parliament": r"(?:uw\s+Kamers?|de\s+Kamer|u\b|de\s+Tweede\s+Kamer|de\s+Kamers|beide\s+Kamers|het\s+parlement)",
    # Those who meet.
    "meeting": (
        r"(?:(?:de\s+)?bondgenoten|(?:de\s+)?(?:\w+-)?ministers|(?:de\s+)?lidstaten|(?:de\s+)?leiders"
        r"|(?:de\s+)?(?:staatshoofden|regeringsleiders)|de\s+(?:informele\s+|Europese\s+|NAVO-)?Raad"
        r"|de\s+(?:NAVO-)?Top|de\s+Eurogroep|de\s+Ecofinraad|de\s+Ecofin|het\s+(?:\w+\s)?[Vv]oorzitterschap"
        r"|de\s+(?:Europese\s+)?Commissie|(?:de\s+)?deelnemers|(?:de\s+)?(?:deelnemende\s+)?landen"
        r"|(?:de\s+)?partijen|de\s+[Vv]oorzitter|de\s+(?:Hoge\s+Vertegenwoordiger|HV|SG|Secretaris-generaal|secretaris-generaal)"
        r"|de\s+Noord-Atlantische\s+Raad|de\s+NAVO|de\s+EU|(?:de\s+)?(?:NAVO|EU)-(?:ministers|leiders|lidstaten|bondgenoten|landen|partners|regeringsleiders|ambassadeurs)|(?:de\s+)?partners|men)"
    ),
    "discuss": (
        r"(?:gesproken|besproken|stilgestaan|ingegaan|behandeld|besloten|aangenomen|vastgesteld"
        r"|goedgekeurd|geagendeerd|gewisseld|opgeroepen|bezien|bekrachtigd|teruggeblikt"
        r"|vooruitgeblikt|afgerond|gepresenteerd|overeengekomen|onderhandeld|gedebatteerd"
        r"|uitgewisseld|toegelicht|aangekondigd|gelanceerd|ondertekend|besteed|bereikt)"
    ),
}

NORM = (
    r"^(?:Daarbij|Daarvoor|Daarnaast|Ook|Verder|Tevens|Hierbij|Hiervoor|Bovendien|Een|Het|Dit|Deze|Wel|Voorts|Zo|De|Tegelijkertijd|Dat)\b"
    r".{0,200}?(?:\b(?:dient|dienen|moet|moeten|mag|mogen)\b|\b(?:is|zijn|blijft)\b.{0,60}\b(?:gewenst|wenselijk|onwenselijk|van\s+belang|essentieel|noodzakelijk|nodig|cruciaal|belangrijk|onmisbaar)\b)"
)
"""What a sentence right after a stance says where it goes on with it: what should be."""

NO_ROLE: tuple[str, ...] = (
    "Nederland hoort daarbij.",
    "Dit vraagt tijd, geld en volharding van alle bondgenoten, ook van Nederland.",
    "De minister-president en de minister van Defensie zijn voornemens de NAVO-Top bij te wonen.",
    "Hierbij informeren wij uw Kamer over de agenda en de Nederlandse inzet.",
    "Nederland ligt aan de Noordzee.",
    "Nederland leverde in 2022 drie systemen.",
    "Duitsland pleit voor een lagere drempel.",
    "Zoals aan uw Kamer is gemeld, heeft Nederland het verdrag in 2019 ondertekend.",
    "De minister van Buitenlandse Zaken van Oekraïne zal de situatie toelichten.",
    "Het belang van een sterke industrie is groot.",
)
"""Sentences that none of the rules may take for a promise or a stance."""

RULES: tuple[Rule, ...] = (
    Rule(
        name="parliament will be informed",
        role=Role.COMMITMENT,
        pattern=(
            r"\b(?:informeren|informeert|informeer|berichten|bericht|inlichten)\b.{0,80}?<parliament>"
            r"|<parliament>\b.{0,160}?\b(?:informeren|geïnformeerd|inlichten|berichten|bericht|ingelicht"
            r"|op\s+de\s+hoogte\s+(?:\w+\s){0,3}?(?:stellen|houden|gehouden|gesteld|brengen|gebracht))\b"
            r"|\bop\s+de\s+hoogte\b.{0,60}?<parliament>|\b(?:houd|houdt|houden|stel|stelt|stellen)\b.{0,30}?<parliament>.{0,80}?\bop\s+de\s+hoogte"
        ),
        unless=(
            r"^(?:Hierbij|Hiermee|Met\s+deze|In\s+deze|Bijgaand|Middels\s+deze)\b|\b(?:is|zijn|werd|werden|heb|heeft"
            r"|hebben|had)\b(?=.{0,140}\b(?:geïnformeerd|bericht|ingelicht|op\s+de\s+hoogte\s+gesteld|gemeld))(?!.{0,60}\bzal\b)"
            r"|\binformeerde"
        ),
        examples=(
            "Het kabinet informeert uw Kamer na de zomer over de inzet.",
            "Uw Kamer wordt hierover voor het zomerreces geïnformeerd.",
            "Ik houd uw Kamer halfjaarlijks op de hoogte van de voortgang.",
            "Over de uitkomsten zal uw Kamer per brief worden geïnformeerd.",
        ),
    ),
    Rule(
        name="parliament will receive something",
        role=Role.COMMITMENT,
        pattern=(
            r"<parliament>\s+(?:zal\s+)?(?:ontvangt|ontvangen|krijgt)\b|\bontvangt\s+<parliament>"
            r"|\b(?:zal|zullen|wordt|worden)\b.{0,160}?<parliament>.{0,80}?\b(?:toekomen|toegaan|toegezonden|toegestuurd"
            r"|aangeboden|aanbieden|gestuurd|sturen|gezonden|zenden|doen\s+toekomen|voorgelegd|voorleggen|gedeeld|delen|gemeld|melden|rapporteren)\b"
            r"|\b(?:stuur|stuurt|sturen|zend|zendt|zenden|bied|biedt|leg|legt|meld|meldt|rapporteer|rapporteert|deel|deelt)\b"
            r"\s.{0,60}?<parliament>|<parliament>.{0,60}?\btoegaat\b|\bgaat\b.{0,40}?<parliament>\s.{0,20}?\btoe\b"
            r"|\baan\s+<parliament>\s+(?:worden\s+|zal\s+worden\s+)?(?:gestuurd|gezonden|toegezonden|aangeboden|verstuurd|verzonden|gerapporteerd|voorgelegd)"
            r"|<parliament>\s+(?:\w+\s){0,8}?(?:tegemoetzien|tegemoet\s+zien|toekomt|verwachten)\b"
        ),
        unless=(
            r"^(?:Hierbij|Hiermee|Met\s+deze|Bijgaand)\b"
            r"|\b(?:is|zijn|werd|werden|heb|heeft|hebben)\b(?=.{0,140}\b(?:gestuurd|gezonden|aangeboden|toegekomen|toegezonden|toegegaan|ontvangen|gemeld|gedeeld)\b)"
        ),
        examples=(
            "Uw Kamer ontvangt in het najaar een brief over de uitvoering.",
            "Het verslag van de Raad zal uw Kamer binnen twee weken toekomen.",
            "Ik stuur uw Kamer voor de zomer een appreciatie van het voorstel.",
        ),
    ),
    Rule(
        name="the cabinet comes back to it, in the report or by letter",
        role=Role.COMMITMENT,
        pattern=(
            r"\b(?:kom|komt|komen|terugkomen|terug\s+te\s+komen)\b.{0,200}?\bop\s+terug|\bkom(?:t|en)?\s+<speaker>\b.{0,80}?\bterug\s+op\b|<speaker>\s+kom(?:t|en)?\b.{0,80}?\bterug\s+op\b|\b(?:komt|kom|volgt)\b.{0,80}?\b(?:BNC-fiche|appreciatie|kabinetsreactie|kabinetsappreciatie|Kamerbrief)\b|\b(?:kom|komt|komen)\s+(?:ik|wij|<cabinet>)\b.{0,80}?\bterug\b|\bterugkomen\s+op|\bterug\s+te\s+komen|\bhierop\b.{0,60}?\bterug(?:komen)?\b"
            r"|\b(?:zal|zullen|ga|gaat|gaan|wordt|worden|doe|doet|doen|zeg|zegt)\b.{0,160}?\b(?:in\s+(?:het|dat|dit)\s+verslag|per\s+(?:\w+\s)?brief|in\s+een\s+(?:\w+\s)?brief|middels\s+een\s+(?:\w+\s)?brief)\b"
            r"|\b(?:in\s+(?:het|dat|dit)\s+verslag|per\s+(?:\w+\s)?brief|in\s+een\s+(?:\w+\s)?brief)\b.{0,100}?\b(?:zal|zullen|ga|gaat|gaan|wordt|worden)\b.{0,80}?\b(?:in(?:\s?ge)?\s?gaan|ingegaan|in|melding|verslag|opgenomen|teruggekomen|terug|rapporteren|toegelicht|toelichten|stil)\b"
            r"|\bzeg(?:t|gen)?\b.{0,40}?\btoe\b|\bzal\s+(?:ik|het\s+kabinet)\s+verslag\s+(?:doen|uitbrengen)|\bverslag\b.{0,80}?<parliament>\s.{0,30}?\btoegaat"
        ),
        unless=r"^(?:Zoals|Hierbij|Hiermee)\b.{0,60}\btoegezegd|\bheb(?:ben)?\s+.{0,30}toegezegd|\b(?:is|was|werd|heeft|heb)\b.{0,80}\b(?:toegezegd|teruggekomen)|\bkwam\b|\brecht\s+voor\b|\bCommissie\s+(?:zal|komt|gaat)|<meeting>\s+(?:zal|zullen|komt|komen)\b.{0,80}(?:op\s+terug|per\s+brief)",
        examples=(
            "Hier zal het kabinet in het verslag van de Top op in gaan.",
            "Ik kom hier in het verslag van de Raad op terug.",
            "Het kabinet zegt toe de gevolgen in kaart te brengen.",
        ),
    ),
    Rule(
        name="who speaks says what it wants or holds",
        role=Role.STANCE,
        pattern=r"<NL><and><aside><few>\s<wants>\b|\b<wants>\s(?:daarom\s|dan\sook\s|ook\s)?<NL>",
        unless=(
            r"\b(?:vraagt|wil|willen|verzoekt)\s+(?:van\s+)?Nederland\b|[A-ZÀ-Þ][\w-]+\s(?:steunt|verzoekt)\sNederland\b|\bmotie\b.{0,120}\bverzoekt\s(?:de\sregering|het\skabinet)"
            r"|\b(?:ligt|levert|leverde)\b.{0,10}Nederland"
        ),
        examples=(
            "Nederland hecht daarom groot belang aan de 360-gradenbenadering van de NAVO.",
            "Het kabinet ondersteunt dit.",
            "Zo acht het kabinet het wenselijk dat dit wordt onderzocht.",
            "Nederland, dat zelf twee batterijen leverde, steunt dit voorstel.",
        ),
    ),
    Rule(
        name="who speaks is for or against, ready, worried",
        role=Role.STANCE,
        pattern=(
            r"\b(?:voorstander|tegenstander|bereid|akkoord|positief|kritisch|verheugd|tevreden|bezorgd|overtuigd)\s(?:is|ben|zijn|gaat|ga|gaan|blijft)\s<NL>"
            r"|(?:<NL>\s(?:blijft|blijf|blijven)|\b(?:blijft|blijf|blijven)\s<NL>)\b(?!\sachter\b).{0,60}?\b(?:zich|maken|hameren|streven|werken|volgen|vragen|aandringen|bijdragen|samenwerken|investeren|leveren|bieden)\b"
            r"|<NL>\sbehoort\stot\sde\s(?:\w+\s){0,2}(?:landen|lidstaten|bondgenoten)\sdie\b.{0,80}?\b(?:pleiten|willen|steunen|hechten|vinden|aandringen|vragen)\b"
            r"|<NL>\s(?:gaat|ga|gaan)\s(?:[\w’-]+\s){0,3}?akkoord\b|\b(?:gaat|ga)\s<NL>\s(?:[\w’-]+\s){0,4}?akkoord\b"
            r"|\btrek(?:t|ken)?\s<NL>.{0,80}?\bop\s+met\b|<NL>\strek(?:t|ken)?\b.{0,80}?\bop\s+met\b"
            r"|(?:<NL><and><aside>\s(?:is|ben|zijn|blijft|blijf|blijven|toont|toon|toonde|voelt)\b|\b(?:is|ben|zijn|blijft|blijf|blijven|toont|voelt)\s<NL>)"
            r".{0,120}?\b(?:voorstander|tegenstander|positief|positiever|kritisch|terughoudend|mening|oordeel|opvatting|standpunt|bereid"
            r"|verheugd|tevreden|bezorgd|ingenomen|huiverig|overtuigd|gekant|eens\b|akkoord|blij|sceptisch|solidair"
            r"|gecommitteerd|constructief|gebaat|tegen\b|voor\s+een|in\s+te\s+stemmen|te\s+steunen|inzetten|in\s+te\s+zetten|steunen|hechten|pleiten"
            r"|aandringen|benadrukken|aandacht\s+vragen|zorgen|groot\s+belang|waakzaam|alert|kritiek|niets\b|veel\s+voor|weinig\s+voor|beducht|gereserveerd|afhoudend|ambitieus|vasthouden|oproepen|wijzen|vierkant|onverminderd|nauwlettend|pleitbezorger|voorvechter|voornemens|aanhanger)"
        ),
        unless=r"\bvoornemens\b.{0,80}<attend>",
        examples=(
            "Nederland is hier voorstander van, omdat de steun hiermee een duurzamer karakter krijgt.",
            "Hier is Nederland geen voorstander van.",
            "Het kabinet blijft tegelijkertijd onverminderd inzetten op de dialoog met China.",
        ),
    ),
    Rule(
        name="who speaks puts its weight behind something",
        role=Role.STANCE,
        pattern=(
            r"(?:<NL><and><aside><few>\s(?:zet|zetten|span|spant|spannen|maak|maakt|maken|sta|staat|staan|zie|ziet|zien|geef|geeft|geven"
            r"|heb|heeft|hebben|houd|houdt|houden|stel|stelt|stellen|neem|neemt|nemen|breng|brengt|brengen|roep|roept|roepen|vraag|vraagt|vragen|spoor|spoort"
            r"|deelt|delen|plaats|plaatst|tekent|teken|moedig|moedigt|kijk|kijkt|kijken|leg|legt|leggen|kies|kiest|sluit|treedt|trekt|werkt|werk|zoekt|grijpt|gaat|ga|let|waakt|waak|beziet|beoordeelt)\b"
            r"|\b(?:zet|zetten|spant|spannen|maak|maakt|maken|sta|staat|staan|zie|ziet|zien|geef|geeft|geven|heb|heeft|hebben|houd|houdt|houden|stel|stelt|stellen"
            r"|neem|neemt|breng|brengt|brengen|roep|roept|roepen|vraag|vraagt|vragen|spoort|spoor|deelt|delen|plaats|plaatst|moedig|moedigt|kijk|kijkt|leg|legt|kies|kiest|sluit|grijpt|gaat|ga|let|waakt|waak|treedt|zoekt|beziet|beoordeelt)\s<NL>)"
            r"(?:\b.{0,300}?)\b(?:in\s+op|in\s+voor|in(?=[.,;:)]|\s+(?:en|maar|dat|om)\b)|ervoor\b|hiervoor\b|daarvoor\b|hierop\b|sterk|hard|zorgen|positief|kritisch|open|achter|terughoudend|afwijzend|(?:on)?welwillend|sympathiek|pal|op\s+het\s+standpunt"
            r"|graag|kans|kansen|risico|risico’s|meerwaarde|belang|noodzaak|ruimte|nut|mogelijkheden|heil|bezwaren|gevaar|prioriteit|voorkeur|voorrang|aandacht|een\s+voorkeur|bedenkingen|bezwaar|begrip|oog|waardering|reserves|twijfels|vraagtekens|moeite|vertrouwen"
            r"|vast\b|zich\b.{0,60}op|voor\b.{0,80}om|een\s+\w+\s+houding|stelling|het\s+standpunt|onder\s+de\s+aandacht|naar\s+voren|ter\s+sprake|op\b|nadruk|accent|in\s+te\s+zetten|kanttekeningen|kanttekening|aan(?=[.,;:]|\s+om\b)|uit\s+naar|toe\b"
            r"|zich\s+aan\s+bij|zich\s+af\b|grondhouding|de\s+(?:mening|zorgen|zorg|visie|analyse|opvatting|inschatting|oproep|ambitie)|vragen|af\s+van|behoefte|vooral|naar|om\b|erom\b|ertoe\b|tot\b)"
        ),
        unless=(
            r"\b(?:zal|zullen|kan|kunnen|wil|willen|moet|moeten)\b.{0,60}\bNederland\s(?:vragen|verzoeken|oproepen)\b"
            r"|<NL>\s(?:heeft|hebben|heb)\b(?!.{0,30}\b(?:zorgen|voorkeur|bedenkingen|bezwaar|begrip|oog|waardering|reserves|twijfels|vraagtekens|moeite|vertrouwen|behoefte|aandacht|belang)\b)"
            r"|\b(?:heeft|hebben|heb)\s<NL>(?!.{0,40}\b(?:zorgen|voorkeur|bedenkingen|bezwaar|begrip|oog|waardering|reserves|twijfels|vraagtekens|moeite|vertrouwen|behoefte|belang)\b)"
            r"|\b(?:staat|staan)\b.{0,60}\b(?:op\s+de\s+agenda|plaats)\b|<attend>|\bneemt\b.{0,120}\bdeel\b|\b(?:geeft|gaf)\b.{0,60}\b(?:procent|%)|\bstelt?\b.{0,80}\b(?:mln|miljoen|miljard|mld)\b"
            r"|\b(?:gaat|werkt|treedt|sluit|zoekt|kijkt|trekt)\b(?!.{0,200}\b(?:uit\s+van|uit\s+naar|positief|kritisch|aan\s+bij|naar\s+een|ervoor|toenadering|in\s+voor|akkoord)\b)"
        ),
        examples=(
            "Het kabinet zet zich hiervoor in nationaal en internationaal verband in.",
            "Omdat dit risico’s kent, zet het kabinet in op een stapsgewijze aanpak.",
            "Nederland roept bondgenoten op hun afspraken na te komen.",
            "Het kabinet ziet graag dat de Commissie met een voorstel komt.",
            "Nederland staat kritisch tegenover dit voorstel.",
        ),
    ),
    Rule(
        name="who speaks will do or can agree to something there",
        role=Role.STANCE,
        pattern=(
            r"<NL><and><aside><few>\s<will>\b|\b<will>\s(?:ook\s|daarom\s)?<NL>"
            r"|^<NL>\s[^;]{0,160}?\s(?:en|maar)\s(?:zal|<wants>|zet\szich|spreekt\szich|is\s(?:dan\sook\s)?(?:ingenomen|voorstander|positief|kritisch))\b"
            r"|(?:<NL><aside><few>\s(?:kan|kunnen|mag|moet)\b|\b(?:kan|kunnen)\s<NL>).{0,200}?\b(?:instemmen|in\s+te\s+stemmen|vinden|steunen|ondersteunen|akkoord|scharen|onderschrijven|leven|meegaan|verwelkomen|aansluiten)\b"
        ),
        unless=(
            r"<will>\b.{0,200}\b<attend>|<attend>.{0,20}\b<will>\b"
            r"|\b(?:heeft|hebben)\s+(?:aangekondigd|besloten)|\bzou(?:den)?\b(?!.{0,80}\b(?:graag|moeten|willen|zien|verwelkomen|toejuichen|betreuren)\b)"
        ),
        examples=(
            "Nederland zal de bondgenoten die de 2% nog niet halen, oproepen om hiernaartoe te groeien.",
            "Tijdens de sessie zal Nederland aandacht vragen voor maritieme veiligheid.",
            "Het kabinet kan instemmen met dit compromis.",
            "Ik zal het belang van transparantie onderstrepen.",
        ),
    ),
    Rule(
        name="as far as the Netherlands is concerned",
        role=Role.STANCE,
        pattern=(
            r"\bwat\s+(?:Nederland|<cabinet>|mij|ons|de\s+regering)\s+betreft|\b(?:volgens|aldus)\s+(?:Nederland|<cabinet>|de\s+regering|mij)\b"
            r"|\b(?:naar|volgens)\s+(?:(?:het\s+|de\s+)?(?:oordeel|mening|opvatting|overtuiging)\s+van\s+(?:Nederland|<cabinet>|de\s+regering)|(?:mijn|onze|Nederlandse)\s+(?:oordeel|mening|opvatting|overtuiging))"
            r"|\bin\s+de\s+(?:ogen|optiek|visie|opvatting)\s+van\s+(?:Nederland|<cabinet>)|\bin\s+(?:(?:de\s+)?Nederlandse|onze|mijn)\s+(?:ogen|optiek|visie|opvatting)"
            r"|\b(?:voor|bij)\s+(?:Nederland|<cabinet>|mij|ons)\s+(?:is|zijn|staat|staan|blijft|blijven|geldt|gelden|ligt|vormt|vormen|telt|moet|moeten|dient|dienen|weegt|wegen|voorop)\b"
            r"|\b(?:belang|belangrijk|essentieel|cruciaal|wezenlijk|onmisbaar|onacceptabel|onaanvaardbaar|uitgangspunt|voorwaarde)\b.{0,40}?\bvoor\s+(?:Nederland|<cabinet>)\b(?!.{0,3}\bals\b)"
            r"|\bgeldt\s+(?:voor|bij)\s+(?:Nederland|<cabinet>)|\bde\s+voorkeur\s+van\s+(?:Nederland|<cabinet>)|\bals\s+het\s+aan\s+(?:Nederland|<cabinet>|mij|ons)\s+ligt"
            r"|\b(?:is|zijn|blijft|blijven|staat|staan|vormt|vormen|geldt|gelden|weegt|ligt)\b(?:\s\w+){0,2}\s(?:voor|bij)\s+(?:Nederland|<cabinet>|mij|ons)\b"
            r".{0,160}?\b(?:belang|belangrijk|belangrijke|essentieel|prioriteit|cruciaal|wezenlijk|uitgangspunt|voorwaarde|onacceptabel|onaanvaardbaar|randvoorwaarde|randvoorwaarden|lijn|acceptabel|aanvaardbaar|speerpunt|voorop|centraal|onbespreekbaar|zwaar|zwaarwegend|leidend|bespreekbaar|doorslaggevend|nodig|noodzakelijk|urgent|aandachtspunt|winst|van\s+belang|onmisbaar|urgentie|kern|kernpunt|hoeksteen|basis|minimum|ondergrens|bovengrens|lakmoesproef)\b"
        ),
        examples=(
            "Daarbij dient volgens Nederland de interne markt intact te blijven.",
            "Bij de uitwerking moet privacy wat Nederland betreft vanaf het begin worden meegenomen.",
            "Voor Nederland staan een sterke NAVO en een slagvaardige EU gezamenlijk aan de basis van eenheid.",
            "Voor het kabinet is het van belang dat de afspraken worden nageleefd.",
        ),
    ),
    Rule(
        name="the Dutch position says",
        role=Role.STANCE,
        pattern=(
            r"\b(?:de|het|onze|mijn)\s+(?:(?:algemene|verdere|belangrijkste|bestaande|overkoepelende)\s+)?(?:Nederlandse\s+)?(?:inzet|opstelling|positie|prioriteit|prioriteiten|standpunt|wens|boodschap|houding|lijn|visie|voorkeur|kernboodschap|speerpunt|speerpunten|uitgangspunt|uitgangspunten|doel|doelstelling|inbreng|ambitie|oproep|interventie|interventies|inspanningen)"
            r"(?:\s+van\s+(?:Nederland|<cabinet>))?(?:\s(?:bij|voor|in|binnen|met|jegens|richting|rond|over|ten\s+aanzien\s+van|ten\s+opzichte\s+van|tijdens|op|inzake|hierbij|daarbij|hierin|in\s+deze)\b[^,.;]{0,80}?)?\s+(?:is|zijn|blijft|blijven|richt|richten|luidt|ligt|liggen|bestaat|omvat|wordt|zal|vormt|staat|betreft|beoogt|ziet|sluit|zet)\b"
            r"|\b(?:is|blijft|ligt|richt|zal|wordt|luidt)\s+(?:de\s+Nederlandse|onze|mijn|de)\s+(?:inzet|opstelling|positie|prioriteit|standpunt|boodschap|voorkeur)\b"
            r"|\b(?:Nederlandse|onze)\s+(?:prioriteit|prioriteiten|speerpunt|speerpunten|wens|wensen)\s+(?:is|zijn|blijft|blijven)\b"
            r"|\bsluit(?:en)?\s(?:\w+\s){0,3}aan\sbij\s(?:de\sNederlandse|onze|mijn)\s(?:inzet|positie|lijn|wens|wensen|prioriteiten)"
            r"|\bin\slijn\smet\s(?:de\sNederlandse|onze|mijn)\s(?:inzet|positie|wens|wensen|prioriteiten)"
            r"|\b(?:speerpunt|prioriteit|pijler|uitgangspunt|hoeksteen)\s+van\s+het\s+(?:Nederlandse|kabinetsbeleid)"
            r"|\b(?:speerpunt(?:en)?|prioriteit(?:en)?|kernpunt(?:en)?)\s+van\s+(?:dit\s+kabinet|<cabinet>|Nederland)\b"
            r"|\bhet\s+streven\s+van\s+(?:Nederland|<cabinet>)\s+(?:is|blijft)\b|\bis\s+het\s+streven\s+van\s+(?:Nederland|<cabinet>)"
            r"|\b(?:is|zijn|blijft|blijven)\s+(?:een\s+)?(?:belangrijke\s+)?(?:Nederlandse\s+)(?:prioriteit|speerpunt|wens)"
        ),
        unless=(
            r"(?<!Nederlandse\s)(?<!onze\s)(?<!mijn\s)\b(?:inzet|doel|doelstelling|boodschap|positie|visie|ambitie|uitgangspunt|lijn|houding|oproep|prioriteit|prioriteiten|standpunt|wens|voorkeur|opstelling|inbreng|speerpunt|uitgangspunten|speerpunten|kernboodschap)(?!\s+van\s+(?:Nederland|<cabinet>))(?<!Nederlandse inzet)(?<!Nederlandse positie)(?<!Nederlandse opstelling)(?<!Nederlandse prioriteit)(?<!Nederlandse prioriteiten)(?<!Nederlandse standpunt)(?<!Nederlandse boodschap)(?<!Nederlandse houding)(?<!Nederlandse inbreng)(?<!Nederlandse wens)(?<!Nederlandse visie)(?<!Nederlandse doel)(?<!Nederlandse ambitie)(?<!Nederlandse voorkeur)(?<!Nederlandse lijn)\s+(?:is|zijn|blijft|ligt|van\s+de)"
            r"(?!.*\b(?:Nederlandse|onze|mijn)\s+(?:inzet|prioriteit|veiligheids|wens|speerpunt|opstelling|positie))"
            r"|\b(?:hieronder|hierna|onderstaand|in\s+deze\s+brief)\b|^Hierbij\b|\b(?:wordt|is)\b.{0,60}\b(?:beschreven|uiteengezet|toegelicht|opgenomen)\b"
        ),
        examples=(
            "De Nederlandse inzet is erop gericht dat betalingen alleen plaatsvinden bij behaalde mijlpalen.",
            "De inzet van het kabinet blijft dat de regels worden vereenvoudigd.",
            "Dit alles maakt samenwerking tot een speerpunt van het Nederlandse veiligheidsbeleid.",
        ),
    ),
    Rule(
        name="supported by the Netherlands",
        role=Role.STANCE,
        pattern=(
            r"\bdoor\s+(?:Nederland|<cabinet>|de\s+regering|mij|ons)\b.{0,120}?\b(?:gesteund|ondersteund|verwelkomd|onderschreven|bepleit|benadrukt|onderstreept|toegejuicht|gewaardeerd|afgewezen|betreurd|ingebracht|opgebracht|aangedrongen|gepleit)"
            r"|\b(?:gesteund|verwelkomd|onderschreven|toegejuicht|gepleit)\s+door\s+(?:Nederland|<cabinet>)"
            r"|\b(?:vanuit\s+Nederland|van\s+Nederlandse\s+(?:zijde|kant)|namens\s+Nederland)\b.{0,140}?\b(?:gepleit|benadrukt|onderstreept|aangedrongen|opgeroepen|aandacht\s+gevraagd|gesteund|verwelkomd|gewezen\s+op)"
            r"|\b(?:steun|instemming|waardering)\s+van\s+(?:Nederland|<cabinet>)|\b(?:op|kan\s+op)\s+Nederlandse\s+steun"
        ),
        unless=r"\b(?:werd|werden|was|waren)\b",
        examples=(
            "Dit voorstel wordt door het kabinet van harte gesteund.",
            "De ambitie van de Commissie kan rekenen op de steun van Nederland.",
        ),
    ),
    Rule(
        name="in a subordinate clause",
        role=Role.STANCE,
        pattern=(
            r"\b(?:waar(?:in|mee|voor|van|over|tegen|naar|aan|bij|op)?|hetgeen|wat|die|iets\s+(?:wat|dat)|omdat|aangezien)\s(?:ook\s)?<NL>\b[^.;]{0,140}?"
            r"\b(?:steunt|ondersteunt|pleit|bepleit|hecht|verwelkomt|onderschrijft|onderstreept|benadrukt|acht|vindt|toejuicht|inzet|voorstaat|nastreeft|betreurt|afwijst|wenst|wil|voorstander\s+(?:van\s+)?is|tegenstander\s+(?:van\s+)?is|kritisch\s+(?:op\s+)?is)\b"
        ),
        examples=(
            "De Raad spreekt over sancties, waar Nederland in dit verband en met het oog op "
            "de veiligheid groot belang aan hecht.",
        ),
    ),
    Rule(
        name="the Netherlands has pleaded for it, or made proposals",
        role=Role.STANCE,
        pattern=(
            r"(?:<NL><and><aside>\s(?:heeft|hebben|heb)|\b(?:heeft|hebben|heb)\s<NL>)\b.{0,160}?\b(?:altijd|steeds|consequent|herhaaldelijk|meermaals|eerder|al\s+langer|continu|stelselmatig)\b.{0,160}?\b(?:gepleit|aangedrongen|bepleit|ingezet|benadrukt|opgeroepen|gesteund|gewezen|uitgesproken|gemaakt)"
            r"|(?:<NL><and><aside>\s(?:heeft|hebben|heb)|\b(?:heeft|hebben|heb)\s<NL>)\b.{0,120}?\b(?:uitgelaten|kenbaar\s+gemaakt|(?:voor|tegen)\b.{0,80}\buitgesproken)\b"
            r"|(?:<NL><and><aside>\s(?:heeft|hebben|heb)|\b(?:heeft|hebben|heb)\s<NL>)\b.{0,60}?\b(?:aangegeven|laten\s+weten|te\s+kennen\s+gegeven)\b.{0,160}?\b(?:steunen|instemmen|in\s+te\s+stemmen|voorstander|tegenstander|kritisch|bereid)\b"
            r"|(?:<NL><and><aside>\s(?:pleit|zet|dringt)\b.{0,60}\b(?:al\s+langer|sinds))"
            r"|<NL>.{0,200}?\b(?:non-paper|position\s+paper|standpuntbepaling)\b.{0,120}?\b(?:voorstellen|voorstel|pleidooi|gepleit|ingebracht|opgesteld|op\s+te\s+stellen)"
        ),
        unless=r"\b(?:werd|werden)\b",
        examples=(
            "Nederland heeft hier steeds voor gepleit.",
            "Nederland droeg hier aan bij door een non-paper te initiëren met voorstellen voor samenwerking.",
        ),
    ),
    Rule(
        name="is expected",
        role=Role.EXPECTATION,
        pattern=r"\bnaar\s+verwachting\b|\bnaar\s+alle\s+waarschijnlijkheid\b|\b(?:is|wordt)\s+(?:de\s+verwachting|verwacht)\b|\bverwacht\s+wordt\b|\bde\s+verwachting\s+is\b|\b(?:is|zijn|wordt|worden)\b.{0,20}\bvoorzien\b|\bbeoogt\b|\bbeogen\b|\bzijn\s+voornemens\b(?!.{0,60}<attend>)",
        unless=r"\b(?:begin|eind|medio|in|voor|vóór)\s+(?:de\s+loop\s+van\s+)?20\d\d\b(?!.{0,80}<meeting>)",
        examples=("Naar verwachting nemen bondgenoten een verklaring aan.",),
    ),
    Rule(
        name="those who meet will discuss or decide",
        role=Role.EXPECTATION,
        pattern=(
            r"<meeting>(?:\s[\w’'()-]+){0,8}?\s(?:zal|zullen)\b|\b(?:zal|zullen)\s(?:er\s|ook\s|daarom\s|naar\s+verwachting\s)?<meeting>"
            r"|\b(?:zal|zullen|wordt|worden)\b.{0,220}?\b<discuss>\b"
            r"|(?:<meeting>(?:\s[\w’'()-]+){0,8}?\s|\b)(?:spreekt|spreken|bespreekt|bespreken|besluit|besluiten|wisselt|wisselen|stelt|stellen|neemt|nemen|staat|staan|buigt|buigen|behandelt|behandelen|presenteert|presenteren|lanceert|lanceren|bekrachtigt|bekrachtigen|stemt|stemmen|debatteert|debatteren|blikt|blikken|licht|lichten|informeert|informeren|legt|leggen|bereidt|bereiden|streeft|streven|geeft|geven|zet|zetten|rondt|ronden|gaat|gaan|maakt|maken|roept|roepen|keurt|keuren|hoopt|hopen|wil|willen|kondigt|kondigen)\s(?:\w+\s){0,3}?<meeting>"
            r"|<meeting>(?:\s(?!(?:heeft|hebben|hadden|had|werd|werden|was|waren|is|zijn)\b)[\w’'()-]+){0,6}?\s(?:spreekt|spreken|bespreekt|bespreken|besluit|besluiten|wisselt|wisselen|buigt|buigen|behandelt|behandelen|presenteert|presenteren|lanceert|lanceren|bekrachtigt|bekrachtigen|debatteert|debatteren|blikt|blikken|licht|lichten|informeert|bespreekt|keurt|keuren|staan|staat)\b"
            r"|\b(?:zal|zullen)\b.{0,200}?\b(?:presenteren|toelichten|bespreken|spreken|vaststellen|bekrachtigen|ingaan|terugblikken|reageren|aannemen|besluiten|wisselen|goedkeuren|stilstaan|verkend|doorgepraat|lanceren)\b"
            r"|\b(?:zal|zullen)\b.{0,160}?\b(?:debat|besluitvorming|gedachtewisseling)\b.{0,30}?\bplaatsvinden\b|\b(?:zal|zullen)\b.{0,160}?\baan\s+de\s+orde\s+komen\b"
            r"|(?<!\bwij )(?<!\bik )\b(?:spreekt|spreken|bespreekt|bespreken|vergadert|vergaderen)\b(?!\s+(?:zich|elkaar|wij|ik)\b).{0,120}?\b(?:over|de|een)\b|\bkoppelt\b.{0,40}?\bterug\s+over\b|\blegt\b.{0,120}?\bvoor\s+(?:over|aan)\b"
            r"|\b[Gg]eagendeerd\s+(?:is|zijn|staat|staan)\b|\b[Oo]p\s+tafel\s+ligt\b"
            r"|\bstaat\s+op\s+de\s+agenda|\bstaan\s+op\s+de\s+agenda|\bop\s+de\s+agenda\s+staa(?:t|n)\b|\bin\s+het\s+teken\s+(?:van\b.{0,40})?staan|\bstaat\s+in\s+het\s+teken|\bstaat\b.{0,60}\bcentraal\b|\bstaan\b.{0,60}\bcentraal\b"
            r"|\bstaan\s+(?:bondgenoten|\w+)\s+erbij\s+stil|\b(?:komt|komen)\b.{0,60}\b(?:aan\s+de\s+orde|ter\s+sprake|aan\s+bod)\b|\bligt\b.{0,80}\bvoor\b(?=[.,]|\s+(?:ter|om))|\bter\s+(?:goedkeuring|besluitvorming|bespreking|vaststelling|aanname)\b|\bvolgt\s+een\b|\btoedeling\b"
        ),
        unless=r"\bwerd(?:en)?\b|\b(?:op|in|tijdens)\b.{0,40}\b(?:jl\.|vorig|afgelopen)\b|\bmoeten\s+\w+$",
        examples=(
            "De Raad zal spreken over de situatie in Libië.",
            "Ten eerste wordt gesproken over coördinatie van trainingen.",
            "Tijdens de Top lanceren de NAVO en de partners vier projecten.",
        ),
    ),
)
