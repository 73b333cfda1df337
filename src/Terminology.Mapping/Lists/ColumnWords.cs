using Terminology.Search;

namespace Terminology.Mapping.Lists;

/// <summary>Names of columns in the languages of lists: English, German, French, Dutch, Spanish, Finnish, Swedish, Italian.</summary>
public static class ColumnWords
{
    private const double Whole = 0.9, Part = 0.65;

    // Folded: lower case, without marks. Words of one entry stand together; an entry is found whole or as some of the words of a name.
    private static readonly (ColumnRole Role, string[] Names)[] Known =
    [
        (ColumnRole.TargetCode,
        [
            "target code", "targetcode", "loinc", "loinc code", "loinc num", "loinc number", "loinc nr", "snomed", "snomed code", "sctid", "snomed ct code", "zielcode", "doelcode", "code cible", "codigo destino", "kohdekoodi", "concept code", "conceptcode", "mapped code",
            "object id", "standard code", "ucum", "ucum code", "rxcui", "icd10", "icd 10", "target concept code", "malkod", "codice target",
        ]),
        (ColumnRole.TargetDisplay,
        [
            "target name", "target display", "target description", "target term", "loinc name", "loinc display", "loinc long common name", "long common name", "snomed term", "snomed name", "zielname", "zielbezeichnung", "doelnaam", "doelterm", "libelle cible", "nombre destino",
            "kohdenimi", "concept name", "conceptname", "object label", "target label",
        ]),
        (ColumnRole.TargetSystem,
        [
            "target system", "target vocabulary", "target vocabulary id", "target code system", "target codesystem", "zielsystem", "doelsysteem", "systeme cible", "sistema destino", "kohdekoodisto", "vocabulary id", "vocabulary", "object source", "target terminology",
        ]),
        (ColumnRole.TargetRelationship,
        [
            "relationship", "equivalence", "target relationship", "map type", "mapping type", "predicate", "predicate id", "beziehung", "aquivalenz", "relatie", "relation", "equivalentie", "relacion", "equivalencia", "suhde", "vastaavuus", "correlation", "match type", "relationship id",
        ]),
        (ColumnRole.TargetStatus,
        [
            "mapping status", "map status", "target status", "review status", "approval status", "mappingstatus", "zuordnungsstatus", "statut du mapping", "statut mapping", "estado del mapeo", "estado mapeo", "kartoituksen tila", "mapping state", "approved",
        ]),
        (ColumnRole.TargetComment,
        [
            "comment", "comments", "mapping comment", "remark", "remarks", "note", "notes", "kommentar", "bemerkung", "bemerkungen", "anmerkung", "commentaire", "commentaires", "remarque", "opmerking", "opmerkingen", "toelichting", "comentario", "comentarios", "observaciones", "kommentti",
            "huomautus", "huomio",
        ]),
        (ColumnRole.Code,
        [
            "code", "local code", "localcode", "source code", "sourcecode", "test code", "testcode", "item code", "itemid", "item id", "lab code", "id", "key", "mnemonic", "identifier", "analyte code", "order code", "kode", "kod", "koodi", "lyhenne", "tutkimusnumero", "tutkimuskoodi",
            "paikallinen koodi", "codigo", "codigo local", "codigo de prueba", "clave", "schlussel", "kurzel", "analysenkurzel", "testkurzel", "analysencode", "lokaler code", "verfahrensnummer", "leistungscode", "code local", "code analyse", "code examen", "codice", "bepalingscode",
            "lokale code", "testnummer", "nummer", "bepalingsnummer", "subject id", "source concept id", "parameterid", "analyt id", "local id", "localid", "nr", "num", "numero", "number", "no", "artikelnummer", "pzn", "drug code", "product code",
        ]),
        (ColumnRole.Synonym,
        [
            "synonym", "synonyms", "alias", "aliases", "alternative name", "other names", "other name", "also known as", "short name", "shortname", "abbreviation", "synonyme", "synonymes", "kurzname", "kurzbezeichnung", "abkurzung", "nom court", "abreviation", "autres noms", "synoniem", "synoniemen",
            "afkorting", "korte naam", "sinonimo", "sinonimos", "abreviatura", "nombre corto", "synonyymi", "synonyymit", "lyhytnimi", "rinnakkaisnimi",
        ]),
        (ColumnRole.Display,
        [
            "display", "name", "local name", "localname", "source name", "source code description", "description", "text", "label", "term", "title", "long name", "longname", "test name", "testname", "analyte", "analyte name", "item name", "lab name", "full name", "preferred term",
            "bezeichnung", "benennung", "beschreibung", "langtext", "klartext", "langname", "untersuchung", "analyse", "analyt", "parameter", "testbezeichnung", "testname lang", "libelle", "designation", "intitule", "nom", "nom de l examen", "libelle long", "examen", "naam", "omschrijving",
            "bepaling", "bepalingsnaam", "benaming", "testnaam", "volledige naam", "nombre", "descripcion", "denominacion", "prueba", "determinacion", "nombre de la prueba", "nimi", "selite", "tutkimus", "tutkimuksen nimi", "nimike", "kuvaus", "pitka nimi", "navn", "benamning", "namn",
            "nome", "descrizione", "subject label", "drug name", "medication", "component", "hoitotoimenpide", "diagnose", "diagnosis", "problem",
        ]),
        (ColumnRole.Unit,
        [
            "unit", "units", "uom", "unit of measure", "units of measure", "measurement unit", "result unit", "valueuom", "einheit", "einheiten", "masseinheit", "messeinheit", "unite", "unites", "unite de mesure", "eenheid", "eenheden", "unidad", "unidades", "unidad de medida", "yksikko",
            "mittayksikko", "yksikot", "enhet", "enhed", "unita", "unita di misura",
        ]),
        (ColumnRole.Specimen,
        [
            "specimen", "specimen type", "sample type", "sample", "fluid", "material", "matrix", "probe", "probenmaterial", "probenart", "untersuchungsmaterial", "materialart", "specimenart", "prelevement", "nature du prelevement", "echantillon", "type de prelevement", "monster",
            "monstertype", "materiaal", "afnamemateriaal", "muestra", "tipo de muestra", "especimen", "nayte", "naytemuoto", "naytetyyppi", "naytelaatu", "provmaterial", "provtyp", "campione", "body site",
        ]),
        (ColumnRole.Method,
        [
            "method", "technique", "analyser", "analyzer", "instrument", "assay", "methode", "verfahren", "messmethode", "messverfahren", "gerat", "methodik", "technique analytique", "automate", "meetmethode", "bepalingsmethode", "techniek", "metodo", "tecnica", "menetelma", "metodi",
            "maaritysmenetelma", "laite", "metod",
        ]),
        (ColumnRole.Panel,
        [
            "panel", "battery", "profile", "order set", "group test", "test group", "parent code", "profil", "anforderungsprofil", "testgruppe", "bilan", "batterie", "testpakket", "perfil", "panelcode", "tutkimuspaketti", "paketti", "paneeli",
        ]),
        (ColumnRole.ValueType,
        [
            "value type", "valuetype", "data type", "datatype", "result type", "scale", "scale type", "type of result", "werttyp", "datentyp", "ergebnistyp", "wertetyp", "skala", "type de resultat", "type de donnees", "type resultat", "resultaattype", "gegevenstype", "waardetype", "tipo de resultado",
            "tipo de dato", "tulostyyppi", "tietotyyppi", "vastaustyyppi",
        ]),
        (ColumnRole.Samples,
        [
            "sample values", "sample value", "example values", "example value", "examples", "example", "example results", "top values", "values", "quantiles", "deciles", "percentiles", "beispielwerte", "beispiele", "beispielwert", "quantile", "perzentile", "exemples", "exemples de valeurs",
            "valeurs", "voorbeelden", "voorbeeldwaarden", "waarden", "ejemplos", "valores de ejemplo", "valores", "esimerkit", "esimerkkiarvot", "arvot", "kvantiilit",
        ]),
        (ColumnRole.ReferenceRange,
        [
            "reference range", "ref range", "refrange", "reference interval", "reference values", "normal range", "normals", "referenzbereich", "normalbereich", "normwert", "normwerte", "referenzwerte", "referenzintervall", "valeurs de reference", "intervalle de reference", "valeurs normales",
            "referentiewaarden", "referentiewaarde", "referentie interval", "normaalwaarden", "valores de referencia", "rango de referencia", "intervalo de referencia", "viitearvo", "viitearvot", "viitevali", "referensintervall",
        ]),
        (ColumnRole.Department,
        [
            "department", "section", "division", "category", "class", "group", "discipline", "lab section", "area", "abteilung", "bereich", "kategorie", "fachbereich", "fachgebiet", "gruppe", "laborbereich", "service", "secteur", "discipline", "categorie", "departement", "afdeling",
            "groep", "rubriek", "departamento", "seccion", "categoria", "grupo", "osasto", "ryhma", "kategoria", "erikoisala", "avdelning",
        ]),
        (ColumnRole.Sender,
        [
            "sender", "sending facility", "sending application", "facility", "site", "hospital", "laboratory", "lab", "source system", "institution", "organisation", "organization", "einsender", "labor", "krankenhaus", "standort", "einrichtung", "absender", "quellsystem", "laboratoire", "hopital",
            "etablissement", "expediteur", "emetteur", "verzender", "ziekenhuis", "instelling", "laboratorium", "afzender", "remitente", "hospital emisor", "laboratorio", "centro", "lahettaja", "laboratorio nimi", "sairaala", "yksikko nimi", "toimipiste", "organisaatio",
        ]),
        (ColumnRole.Frequency,
        [
            "frequency", "freq", "count", "counts", "usage", "usage count", "volume", "occurrences", "n", "total", "number of results", "n results", "record count", "haufigkeit", "anzahl", "menge", "fallzahl", "haeufigkeit", "frequence", "nombre d occurrences", "effectif", "nombre de resultats", "aantal",
            "frequentie", "frecuencia", "cantidad", "recuento", "numero de resultados", "lukumaara", "maara", "frekvenssi", "kpl", "antal", "source frequency", "sourcefrequency", "rows",
        ]),
        (ColumnRole.LastUsed,
        [
            "last used", "lastused", "last use", "last seen", "last date", "last result", "most recent", "letzte verwendung", "zuletzt verwendet", "zuletzt", "zuletzt benutzt", "letzte nutzung", "derniere utilisation", "dernier usage", "date derniere utilisation", "laatst gebruikt", "laatste gebruik",
            "ultimo uso", "fecha ultimo uso", "ultima fecha", "viimeksi kaytetty", "viimeinen kaytto", "viimeisin kaytto", "senast anvand",
        ]),
        (ColumnRole.Other, ["status", "active", "inactive", "aktiv", "actif", "actief", "activo", "aktiivinen", "version", "valid from", "valid to", "created", "definition"]),
    ];

    private static readonly Dictionary<string, ColumnRole> ByName = Known
        .SelectMany(known => known.Names.Select(name => (Name: Fold(name), known.Role))).DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Role, StringComparer.Ordinal);

    // Without blanks too: sampletype.
    private static readonly Dictionary<string, ColumnRole> ByJoined = ByName
        .Select(pair => (Name: pair.Key.Replace(" ", "", StringComparison.Ordinal), pair.Value)).DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);

    private static readonly (string Language, string[] Names)[] Languages =
    [
        ("en", ["en", "eng", "english", "englisch", "anglais", "engels", "ingles", "englanti"]), ("de", ["de", "ger", "deu", "german", "deutsch", "allemand", "duits", "aleman", "saksa"]),
        ("fr", ["fr", "fra", "fre", "french", "franzosisch", "francais", "frans", "frances", "ranska"]), ("nl", ["nl", "nld", "dut", "dutch", "niederlandisch", "neerlandais", "nederlands", "hollanti"]),
        ("es", ["es", "spa", "spanish", "spanisch", "espagnol", "spaans", "espanol", "espanja"]), ("fi", ["fi", "fin", "finnish", "finnisch", "finnois", "fins", "finlandes", "suomi", "suomeksi"]),
        ("sv", ["sv", "swe", "swedish", "schwedisch", "suedois", "zweeds", "sueco", "ruotsi", "svenska"]), ("it", ["it", "ita", "italian", "italienisch", "italien", "italiaans", "italiano", "italia"]),
    ];

    private static readonly Dictionary<string, string> LanguageByWord = Languages.SelectMany(language => language.Names.Select(name => (name, language.Language))).ToDictionary(pair => pair.name, pair => pair.Language, StringComparer.Ordinal);

    /// <summary>Is the name, as a whole, one that a column of a list is known by?</summary>
    public static bool IsName(string text) => Whole <= Read(text)?.Weight;

    /// <summary>The role that a name says, with how surely, 0 to 1, and the language it names (<c>Name (de)</c>); null when it says nothing.</summary>
    public static (ColumnRole Role, double Weight, string? Language)? Read(string name)
    {
        if (name.Length is 0 or > 80) return null;
        var words = Words(name);
        string? language = null;
        // A language at the end or the beginning of several words: name_en, display [fi], English name.
        if (words.Length > 1 && LanguageByWord.TryGetValue(words[^1], out var last)) (language, words) = (last, words[..^1]);
        else if (words.Length > 1 && words[0].Length > 2 && LanguageByWord.TryGetValue(words[0], out var first)) (language, words) = (first, words[1..]);
        if (words.Length > 1 && words[^1].All(char.IsDigit)) words = words[..^1];
        var joined = string.Join(' ', words);
        if (ByName.TryGetValue(joined, out var role) || ByJoined.TryGetValue(joined.Replace(" ", "", StringComparison.Ordinal), out role)) return (role, Whole, language);
        // The last words of a name are its head in Germanic names, the first in Romance ones.
        for (var length = Math.Min(words.Length - 1, 4); length > 0; length--)
        {
            if (ByName.TryGetValue(string.Join(' ', words[^length..]), out role) && IsTelling(words[^length..])) return (role, Part, language);
            if (ByName.TryGetValue(string.Join(' ', words[..length]), out role) && IsTelling(words[..length])) return (role, Part - 0.1, language);
        }
        return language is null && words is [var single] && LanguageByWord.TryGetValue(single, out var alone) && single.Length > 2 ? (ColumnRole.Display, Part, alone) : null;
    }

    private static bool IsTelling(string[] words) => words.Length > 1 || words[0].Length > 2;

    /// <summary>Words of a name; capitals within a word part it: <c>testName</c>.</summary>
    private static string[] Words(string name)
    {
        var parted = new System.Text.StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1])) parted.Append(' ');
            parted.Append(name[i]);
        }
        return TermFolding.Words(parted.ToString());
    }

    private static string Fold(string name) => string.Join(' ', TermFolding.Words(name));
}
