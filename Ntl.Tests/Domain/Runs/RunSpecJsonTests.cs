using Ntl.Domain.Runs;

namespace Ntl.Tests.Domain.Runs;

public sealed class RunSpecJsonTests
{
    // The stored form is a promise: a change here needs a new version and a migration of what is stored.
    private const string Golden =
        """{"version":1,"name":"warm and cold","model":{"layerCount":2,"headCount":2,"embeddingWidth":64,"contextLength":64,"vocabularySize":256,"hasBias":true,"dropout":0},"dataset":{"name":"sotu","path":"builtin:sotu","format":"text","hash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","validationFraction":0.1},"schedule":SCHEDULE,"optimizer":{"kind":"adamw","beta1":0.9,"beta2":0.95,"epsilon":1E-08,"weightDecay":0.1,"gradientClip":1},"batchSize":8,"gradientAccumulationSteps":1,"seed":7,"precision":"bfloat16","device":"cpu","validationIntervalSteps":100,"validationBatches":8,"checkpointIntervalSteps":200}""";

    private static string Stored => Golden.Replace("SCHEDULE", RunSpecs.Valid.Schedule.CanonicalJson, StringComparison.Ordinal);

    [Fact]
    public void Write_ValidSpec_IsTheGolden() => Assert.Equal(Stored, RunSpecJson.Write(RunSpecs.Valid));

    [Fact]
    public void Read_WhatWasWritten_IsTheSameSpec()
    {
        var (compact, problems) = RunSpecJson.Read(Stored);
        var (indented, _) = RunSpecJson.Read(RunSpecJson.Write(RunSpecs.Valid, indented: true));

        Assert.Empty(problems);
        Assert.Equal(RunSpecs.Valid, compact);
        Assert.Equal(RunSpecs.Valid, indented);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("{\"version\":1,\"name\"", "{\"version\":2,\"name\"", "version")]
    [InlineData("\"batchSize\":8", "\"batchSize\":\"eight\"", "batchSize")]
    [InlineData("\"layerCount\":2", "\"layerCount\":0", "model.layerCount")]
    [InlineData("\"layerCount\":2", "\"layers\":2,\"layerCount\":2", "model.layers")]
    [InlineData("\"kind\":\"adamw\"", "\"kind\":\"adam\"", "optimizer.kind")]
    [InlineData("\"name\":\"warm and cold\"", "\"name\":null", "name")]
    public void Read_BrokenField_NamesItsPath(string find, string replacement, string path)
    {
        var text = find.Length == 0 ? "{" : Stored.Replace(find, replacement, StringComparison.Ordinal);

        var (spec, problems) = RunSpecJson.Read(text);

        Assert.Null(spec);
        Assert.Equal(path, Assert.Single(problems).Path);
    }

    [Fact]
    public void Read_BrokenSchedule_TellsEveryProblemUnderItsPath()
    {
        var text = Golden.Replace(
            "SCHEDULE",
            """{"version":1,"phases":[{"kind":"constantRate","steps":0,"rate":-1},{"kind":"constantRate","steps":0,"rate":-1}]}""",
            StringComparison.Ordinal);

        var (spec, problems) = RunSpecJson.Read(text);

        Assert.Null(spec);
        Assert.True(problems.Count >= 4, string.Join('\n', problems));
        Assert.All(problems, problem => Assert.StartsWith("schedule.phases[", problem.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Hash_AnotherName_IsTheSame_AnotherSeed_IsNot()
    {
        var hash = RunSpecJson.Hash(RunSpecs.Valid);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, RunSpecJson.Hash(RunSpecs.Valid with { Name = "other" }));
        Assert.NotEqual(hash, RunSpecJson.Hash(RunSpecs.Valid with { Seed = 8 }));
    }
}
