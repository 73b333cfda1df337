using Terminology.Server.Verbs;

return await CommandLine.RunAsync(args);
