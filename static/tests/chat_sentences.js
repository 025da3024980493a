/**
 * What agents really type, made from patterns and word lists: more than 2,000 different
 * messages in English, French, German and Spanish, with everything in them that could be
 * taken for a trigger: colons with and without a space before, smileys, times, addresses,
 * paths, fractions, dashes, lists, several lines.
 */

const SHARED = {
    name: ["Marie", "Mr. Dupont", "Anna", "Jürgen", "Señora García", "O'Neil", "Zoé"],
    number: ["12", "7", "2024", "HT00012", "S00042", "1.250,00", "3/4", "24/7", "100%"],
    time: ["10:30", "9:05", "14:00", "23:59:59", "08:15"],
    url: [
        "https://www.example.com/shop?id=7#a:b",
        "http://x",
        "www.example.com/my/tickets",
        "mailto:info@example.com",
        "C:\\Users\\anna\\note.txt",
        "/web/login",
    ],
    smiley: [":)", ":-)", ":D", ":p", ":P", ";)", ":(", ":-/", ":/", ":o", ":3", ":x", "xD", "^^"],
};

const LANGUAGES = [
    {
        thing: [
            "printer",
            "order",
            "invoice",
            "password",
            "help page",
            "note",
            "lead time",
            "ticket",
        ],
        detail: ["it arrives on Monday", "you can end it yourself", "leave it to us", "see below"],
        patterns: [
            "Hello {name}, how can I help you?",
            "Hi {name} {smiley}",
            "Your {thing} {number} was sent at {time}.",
            "Here is the link: {url}",
            "See {url} : {detail}",
            "Note: {detail} {smiley}",
            "About your {thing}: {detail}.",
            "Ok {smiley}",
            "The {thing} : {number} : {detail}",
            "help with the {thing} is on its way, {name}",
            "note that {detail} at {time}",
            "end of the month, {number} days, and/or later",
            "history of the {thing}: {number} changes",
            "- first the {thing}\n- then: {detail}\n- at {time}",
            "Two things:\n1) {thing}\n2) {detail} {smiley}",
            "leave the {thing} where it is :\n{url}",
            "Ratio 1:2, {number}, see you at {time}",
            "What do you mean by “{thing}”? {smiley}",
            "Re: {thing} (was: {detail})",
            "Sure… {detail} :",
        ],
    },
    {
        thing: ["imprimante", "commande", "facture", "fin de contrat", "ticket", "note de frais"],
        detail: ["elle arrive lundi", "c'est déjà réglé", "voir ci-dessous", "à l'été prochain"],
        patterns: [
            "Bonjour {name}, que puis-je faire pour vous ?",
            "Voici la liste :",
            "Voici la liste : {thing}",
            "Total : {number} jours",
            "Merci {name} {smiley}",
            "Votre {thing} n° {number} est partie à {time} !",
            "Le lien : {url}",
            "À propos de votre {thing} : {detail}.",
            "D'accord {smiley}",
            "{thing} : {number} ; {detail} :",
            "note : {detail} {smiley}",
            "help desk ouvert de {time} à {time}",
            "- {thing} : {number}\n- {detail} : {time}",
            "Deux choses :\n1) {thing}\n2) {detail} {smiley}",
            "« {thing} » : {detail} ?",
            "et/ou {thing}, 50/50, {number} :",
            "Rendez-vous à {time} : {detail}",
            "Pourriez-vous m'envoyer votre {thing} : {url} ?",
        ],
    },
    {
        thing: ["Drucker", "Bestellung", "Rechnung", "Kündigung zum Ende", "Ticket", "Lead"],
        detail: ["sie kommt am Montag", "das ist erledigt", "siehe unten", "für übermorgen"],
        patterns: [
            "Guten Tag {name}, wie kann ich helfen?",
            "Danke {name} {smiley}",
            "Ihre {thing} Nr. {number} ging um {time} Uhr raus.",
            "Hier der Link: {url}",
            "Zu Ihrer {thing}: {detail}.",
            "Alles klar {smiley}",
            "{thing} : {number} : {detail}",
            "Note 1: {detail} {smiley}",
            "Hilfe zu {thing}/{number} um {time}",
            "- {thing}: {number}\n- {detail}: {time}",
            "Zwei Dinge:\n1.) {thing}\n2.) {detail} {smiley}",
            "Ende {number}, {detail} :",
            "7 Tage, {number} Stück, {time}:",
            "Was heißt „{thing}“? {smiley}",
            "und/oder {thing}, siehe {url}",
            "Betreff: {thing} (war: {detail})",
            "Bitte schicken Sie uns Ihre {thing}: {url}",
        ],
    },
    {
        thing: ["impresora", "factura", "pedido", "nota", "fin de mes", "contraseña"],
        detail: ["llega el lunes", "ya está", "véase abajo", "hasta mañana por la mañana"],
        patterns: [
            "Hola {name}, ¿en qué puedo ayudarle?",
            "Gracias {name} {smiley}",
            "Su {thing} n.º {number} salió a las {time}.",
            "Aquí está el enlace: {url}",
            "Sobre su {thing}: {detail}.",
            "Vale {smiley}",
            "{thing} : {number} : {detail}",
            "Nota: {detail} {smiley}",
            "¿Me puede enviar su {thing}? {url}",
            "- {thing}: {number}\n- {detail}: {time}",
            "Dos cosas:\n1) {thing}\n2) {detail} {smiley}",
            "y/o {thing}, {number}, {time}:",
            "«{thing}»: ¿{detail}? {smiley}",
            "¡Claro! {detail} :",
            "Asunto: {thing} (antes: {detail})",
            "A las {time}: {detail}",
        ],
    },
];

/** Said in all languages, and the sentences of the specification. */
const COMMON = [
    "Voici la liste :",
    "Voici la liste : bonjour",
    "Total : 2 jours",
    "Ok :D",
    "10:30",
    "http://x",
    "?",
    "!!",
    "...",
    "…",
    ":",
    ": :",
    "//",
    "// help",
    "7 days",
    "-10%",
    "a:b:c",
    ":DDD",
    ":ppp",
    "\\o/",
    "10:30 :)",
    "ok: 1/2",
    "+1",
    "👍",
    "👍 :)",
    "12:",
    "(see: above)",
    ...SHARED.smiley,
];

/** How often each pattern is filled in. */
const FILLINGS = 60;

/** @returns {string[]} different messages */
export function makeSentences() {
    const sentences = new Set(COMMON);
    for (const { detail, patterns, thing } of LANGUAGES) {
        const words = { ...SHARED, detail, thing };
        for (const pattern of patterns) {
            for (let filling = 0; filling < FILLINGS; filling++) {
                let place = 0;
                sentences.add(
                    pattern.replace(/\{(\w+)\}/g, (_, kind) => {
                        const list = words[kind];
                        // Mixed up, but the same in every run.
                        const mixed = Math.imul(filling * 31 + ++place, 2654435761) >>> 8;
                        return list[mixed % list.length];
                    })
                );
            }
        }
    }
    return [...sentences];
}

const SHORTCUT_WORDS = [
    ...["hello", "thanks", "refund", "printer", "order", "invoice", "note", "help", "end", "bye"],
    ...["bonjour", "merci", "facture", "commande", "liste", "jours", "oui", "non", "voir", "fin"],
    ...["hallo", "danke", "rechnung", "bestellung", "drucker", "montag", "ja", "nein", "siehe"],
    ...["hola", "gracias", "factura", "pedido", "nota", "lunes", "vale", "claro", "dos", "sobre"],
];

/** @returns {Object[]} rows of 500 canned responses, named after words that are also written */
export function makeResponses() {
    return Array.from({ length: 500 }, (_, index) => {
        const word = SHORTCUT_WORDS[index % SHORTCUT_WORDS.length];
        const round = Math.floor(index / SHORTCUT_WORDS.length);
        return {
            id: index + 1,
            source: round ? `${word}_${round}` : word,
            text: `Prepared text number ${index + 1}.`,
            files: [],
            lang: false,
            tags: [],
            use: [0, 0],
        };
    });
}
