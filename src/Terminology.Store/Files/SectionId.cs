namespace Terminology.Store.Files;

/// <summary>The columns of a release file. A number is never used again for something else.</summary>
internal enum SectionId
{
    Info = 1,
    Strings = 2,
    KeyHeap = 3,
    KeyOffsets = 4,

    Codes = 10,
    CodeHeap = 11,
    CodeOffsets = 12,
    CodeTable = 13,
    FoldedTable = 14,
    Flags = 15,
    ConceptTimes = 16,
    ConceptModules = 17,
    DefinitionStatus = 18,

    ParentStarts = 30,
    Parents = 31,
    ChildStarts = 32,
    Children = 33,
    LastDescendants = 34,
    ExtraStarts = 35,
    Extras = 36,

    DesignationStarts = 50,
    TermHeap = 51,
    TermOffsets = 52,
    DesignationIds = 53,
    DesignationKinds = 54,
    DesignationTimes = 55,
    DesignationModules = 56,
    AcceptabilityStarts = 57,
    Acceptabilities = 58,

    PropertyStarts = 70,
    PropertyRows = 71,
    ValueHeap = 72,
    ValueOffsets = 73,
    PropertyConcepts = 74,
    ValueGroups = 75,
    PropertyHistory = 76,
    PropertyOrigins = 77,
    ValueTable = 78,

    RelationshipRows = 90,

    RefsetStarts = 110,
    MemberRows = 111,
    FieldHeap = 112,
    MemberOrder = 113,
    ConceptRefsetStarts = 114,
    ConceptRefsets = 115,
    FieldIndexHashes = 116,
    FieldIndexRows = 117,
    FieldIndexStarts = 118,

    MapInfos = 130,
    MapElements = 131,
    MapElementOffsets = 132,
    MapSourceHashes = 133,
    MapSourceElements = 134,
    MapTargetHashes = 135,
    MapTargetElements = 136,

    ResourceIndex = 150,
    ResourceHeap = 151,

    SearchFirst = 200,
}
