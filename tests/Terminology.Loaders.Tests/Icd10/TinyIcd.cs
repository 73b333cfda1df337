namespace Terminology.Loaders.Icd10;

/// <summary>Rows of the files of the CDC and CMS, laid out as they are.</summary>
internal static class TinyIcd
{
    public const string TabularName = "icd10cm_tabular_2030.xml", OrderName = "icd10cm_order_2030.txt";

    /// <summary>The skull chapter: S06 with seventh characters, of which a note forbids some.</summary>
    public const string Tabular = """
        <?xml version="1.0" encoding="utf-8"?>
        <ICD10CM.tabular>
          <version>2030</version>
          <chapter>
            <name>19</name>
            <desc>Injury (S00-T88)</desc>
            <section id="S00-S09">
              <desc>Injuries to the head (S00-S09)</desc>
              <diag>
                <name>S06</name>
                <desc>Intracranial injury</desc>
                <excludes1><note>head injury NOS (S09.90)</note></excludes1>
                <sevenChrNote>
                  <note>The appropriate 7th character is to be added to each code from category S06</note>
                  <note>7th characters D and S do not apply to codes in category S06 with 6th character 7 - death due to brain injury, or 8 - death due to other cause.</note>
                </sevenChrNote>
                <sevenChrDef>
                  <extension char="A">initial encounter</extension>
                  <extension char="D">subsequent encounter</extension>
                  <extension char="S">sequela</extension>
                </sevenChrDef>
                <diag>
                  <name>S06.0</name>
                  <desc>Concussion</desc>
                  <inclusionTerm><note>Commotio cerebri</note></inclusionTerm>
                  <diag placeholder="true">
                    <name>S06.0X</name>
                    <desc>Concussion</desc>
                    <diag><name>S06.0X1</name><desc>Concussion, short</desc></diag>
                    <diag><name>S06.0X7</name><desc>Concussion with death due to brain injury</desc></diag>
                  </diag>
                </diag>
                <diag><name>S06.9</name><desc>Unspecified</desc></diag>
              </diag>
              <diag>
                <name>S08</name>
                <desc>Avulsion</desc>
              </diag>
            </section>
            <section id="S09">
              <desc>Other injuries of head (S09)</desc>
              <diag><name>S09</name><desc>Other injuries of head</desc></diag>
            </section>
          </chapter>
        </ICD10CM.tabular>
        """;

    public static string Order(params (string Code, bool Billable, string Short, string Long)[] rows)
        => string.Concat(rows.Select((row, index) => $"{index + 1:00000} {row.Code,-7} {(row.Billable ? 1 : 0)} {row.Short,-60} {row.Long}\r\n"));

    public static string Addenda(string end, params (string What, string Code, bool Billable, string Title)[] rows)
        => string.Concat(rows.Select(row => $"{row.What + ":",-13}{(row.Billable ? 1 : 0)} {row.Code,-7} {row.Title,-60} {row.Title}\r\n")) + end;
}
