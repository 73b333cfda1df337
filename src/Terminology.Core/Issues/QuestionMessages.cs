using System.Globalization;

namespace Terminology.Issues;

/// <summary>What whoever asks or answers a question is told, and what its rows say while they wait.</summary>
public static class QuestionMessages
{
    /// <summary>Text missing.</summary>
    public static string TextNeeded() => "Say in 'text' what is asked.";

    /// <summary>Nobody, or two.</summary>
    public static string AddresseeNeeded() => "Say in 'to' who is asked: a 'person' of this server, or a 'sender' by its name, one of both.";

    /// <summary>Nothing to park.</summary>
    public static string RowsToPark() => "Name in 'rows' the rows to be parked, or leave 'park' out.";

    /// <summary>Twice.</summary>
    public static string RowTwice(string key) => $"Row '{key}' is named twice.";

    /// <summary>A day that has gone by.</summary>
    public static string DuePast(DateOnly due, DateOnly today) => string.Create(CultureInfo.InvariantCulture, $"{due:yyyy-MM-dd} has gone by; the answer can be due on {today:yyyy-MM-dd} or later.");

    /// <summary>Nobody of that name.</summary>
    public static string Unknown(string who) => $"There is no person '{who}' on this server. Whoever has no token is asked as a 'sender'.";

    /// <summary>One who could not answer.</summary>
    public static string CannotAnswer(string who, string domain, string roles) => $"'{who}' could not answer: it takes one of the roles {roles} in the domain '{domain}'.";

    /// <summary>Two who do not see one another.</summary>
    public static string OtherAuthor(string who, string key) => $"You and '{who}' decide on row '{key}' without seeing one another; ask somebody else, or wait until both have handed in.";

    /// <summary>No question.</summary>
    public static string NoSuchQuestion(int number, string map) => $"The map '{map}' has no question {number} that you may see.";

    /// <summary>Somebody was faster.</summary>
    public static string Changed(int number) => $"Question {number} was answered or withdrawn in the meantime; 'current' has it as it is.";

    /// <summary>Decided on.</summary>
    public static string NotOpen(int number, string state) => $"Question {number} is {state}; ask another one.";

    /// <summary>Asked of another.</summary>
    public static string AskedOfAnother(int number, string to, string roles) => $"Question {number} is asked of '{to}'; in place of '{to}' it takes the role {roles} to answer.";

    /// <summary>Asked by another.</summary>
    public static string AskedByAnother(int number, string by, string roles) => $"Question {number} was asked by '{by}'; it takes the role {roles} to withdraw what others asked.";

    /// <summary>Answer without text.</summary>
    public static string AnswerNeeded() => "Say in 'text' what the answer is.";

    /// <summary>Whose answer?</summary>
    public static string FromNeeded(string sender) => $"Say in 'from' who at '{sender}' gave the answer.";

    /// <summary>Whose answer, said twice.</summary>
    public static string FromOfSendersAlone() => "'from' is for answers of senders; who answers here is known.";

    /// <summary>What a row is parked for.</summary>
    public static string Awaited(int number, string to) => $"Answer of '{to}' to question {number}";

    /// <summary>Why a row is not parked any more.</summary>
    public static string Answered(int number, string by) => $"'{by}' answered question {number}.";

    /// <summary>Why a row is not parked any more.</summary>
    public static string Withdrawn(int number, string by) => $"'{by}' withdrew question {number}.";
}
