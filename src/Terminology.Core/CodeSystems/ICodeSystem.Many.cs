namespace Terminology.CodeSystems;

/// <summary>Questions about many concepts at once. Here each concept is read; the store answers from its indexes.</summary>
public partial interface ICodeSystem
{
    /// <summary>The properties of a concept, as <see cref="Properties"/> has them, without their texts.</summary>
    ReadOnlySpan<PropertyLink> Links(ConceptOrdinal concept)
    {
        var range = Properties(concept);
        var links = new PropertyLink[range.Count];
        for (var i = 0; i < links.Length; i++)
        {
            var property = Property(range.Start + i);
            links[i] = new(property.Property, property.Group, property.Concept.Value);
        }
        return links;
    }

    /// <summary>Concepts that have the property with a concept of this set as value. In the store linear in the answer and the runs of the set.</summary>
    ConceptSet WithProperty(int property, ConceptSet values)
        => Reading((concept, found) => Each(concept, property, (in view) => view.Concept.Exists && values.Contains(view.Concept) && found.Add(concept.Value)));

    /// <summary>Concepts that have the property with a value that is no concept and for which the test holds; each value may be tested once for all its concepts.</summary>
    ConceptSet WithProperty(int property, ValueTest test)
        => Reading((concept, found) => Each(concept, property, (in view) => !view.Concept.Exists && test(view.Value) && found.Add(concept.Value)));

    /// <summary>Concepts that are values of the property of at least one concept of this set.</summary>
    ConceptSet ValuesOf(int property, ConceptSet sources)
    {
        var found = new Marks(Count);
        foreach (var source in sources) Each(source, property, (in view) => view.Concept.Exists && found.Add(view.Concept.Value));
        return found.ToSet();
    }

    /// <summary>Designations of the kinds for which the test holds; it is asked once or more for each kind there is.</summary>
    Marks DesignationsOf(DesignationKindTest test) => MarkDesignations(designation => Designation(designation) is var view && test(view.Use, view.Language, view.Active));

    /// <summary>Designations that a language reference set has as acceptable, as preferred, or both.</summary>
    Marks DesignationsOf(string languageRefset, bool acceptable, bool preferred) => MarkDesignations(designation => Acceptability(designation, languageRefset) switch
    {
        CodeSystems.Acceptability.Acceptable => acceptable,
        CodeSystems.Acceptability.Preferred => preferred,
        _ => false,
    });

    /// <summary>The concept of a designation with this identifier. In the store a search through all identifiers: a few milliseconds in SNOMED CT.</summary>
    bool TryFindDesignation(ReadOnlySpan<byte> id, out ConceptOrdinal concept)
    {
        foreach (var candidate in All)
        {
            var range = Designations(candidate);
            for (var i = range.Start; i < range.End; i++)
            {
                if (id.IsEmpty || !Designation(i).Id.SequenceEqual(id)) continue;
                concept = candidate;
                return true;
            }
        }
        concept = ConceptOrdinal.None;
        return false;
    }

    private delegate bool PropertyTest(in PropertyView view);

    private void Each(ConceptOrdinal concept, int property, PropertyTest test)
    {
        var range = Properties(concept);
        for (var i = range.Start; i < range.End; i++)
        {
            var view = Property(i);
            if (view.Property == property) test(view);
        }
    }

    private ConceptSet Reading(Action<ConceptOrdinal, Marks> read)
    {
        var found = new Marks(Count);
        foreach (var concept in All) read(concept, found);
        return found.ToSet();
    }

    private Marks MarkDesignations(Predicate<int> test)
    {
        var found = new Marks(Count == 0 ? 0 : Designations(new(Count - 1)).End);
        for (var designation = 0; designation < found.Limit; designation++)
        {
            if (test(designation)) found.Add(designation);
        }
        return found;
    }
}

/// <summary>Does it hold for designations of this use, language and state?</summary>
public delegate bool DesignationKindTest(Coding use, string language, bool active);

/// <summary>A property without its text.</summary>
/// <param name="Property">Index into <see cref="CodeSystemInfo.Properties"/>.</param>
/// <param name="Group">Relationship group; 0 is ungrouped.</param>
/// <param name="Value">Ordinal of the concept that is the value; negative when it is none.</param>
public readonly record struct PropertyLink(int Property, int Group, int Value);

/// <summary>Does it hold for a value as stored?</summary>
public delegate bool ValueTest(ReadOnlySpan<byte> value);
