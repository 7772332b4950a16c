using Ntl.Domain.Schedules.Interchange;

namespace Ntl.Tests.Domain.Schedules.Interchange;

/// <summary>Tables as spreadsheets and loggers write them.</summary>
public class CsvImportTests
{
    [Theory]
    [InlineData("step;lr\r\n0;0,1\r\n1;0,05\r\n")]
    [InlineData("\ufeffstep;lr\n0;0,1\n1;5e-2\n")]
    [InlineData("step\tlr\n0\t0,1\n1\t0,05\n")]
    [InlineData("0;0,1\n1;0,05\n")]
    [InlineData("step,lr\n\"0\",\"0,1\"\n\"1\",\"0,05\"\n")]
    [InlineData("sep=;\nstep;lr\n0;0,1\n1;0,05\n")]
    [InlineData("step;lr\r0;0.1\r1;0.05")]
    [InlineData("step,lr\n0,0.1,\n1,0.05,\n")]
    [InlineData("Step;Loss;LR\n0;3,5;0,1\n1;3,25;0,05\n")]
    [InlineData("step lr\n0   0.1\n1   0.05\n")]
    [InlineData("step,lr-AdamW,loss\n0,0.1,3\n1,0.05,2\n")]
    [InlineData("step,lr\n0,0.1\n0,0.1\n1,\n1,0.05\n")]
    [InlineData(",step,lr\n0,0,0.1\n1,1,0.05\n")]
    public void Read_WaysToWriteOneTable_AreOneSchedule(string text)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Empty(outcome.Problems);
        Assert.Equal([0.1, 0.05], new long[] { 0, 1 }.Select(outcome.Schedule!.LearningRate));
        Assert.Equal(2, outcome.Schedule.TotalSteps);
    }

    [Theory]
    [InlineData("step,lr\n0,0,1\n1,0,05\n", "line 2", "Decimal commas cannot be read in a table that commas separate")]
    [InlineData("0,0,1\n1,0,05\n", "line 1", "Decimal commas cannot be read")]
    [InlineData("step;lr\n1.000;0,1\n2.000;0,05\n", "", "both a comma ('0,1') and a point ('1.000')")]
    [InlineData("step;lr\n0;0,1\n1,000;0.05\n", "", "without thousands separators")]
    [InlineData("step;lr\n1.000;1e-3\n2.000;1e-4\n", "line 2", "without thousands separators")]
    [InlineData("step;lr\n0;1,000\n1;2,000\n", "", "may have a decimal comma or a thousands separator")]
    [InlineData("step;lr\n1 000;0.1\n", "line 2", "without thousands separators")]
    [InlineData("step lr\n1 000 0.1\n", "line 2", "has 3 cells, but the table has 2 columns")]
    [InlineData("s\0t\0e\0p\0,\0l\0r\0", "", "UTF-16")]
    [InlineData("iteration,loss,acc\n0,1,2\n", "line 1", "There is no column lr (or learning_rate, or rate); its columns are iteration, loss, acc")]
    [InlineData("lr: 3e-4\nsteps: 100\n", "line 1", "looks like YAML")]
    [InlineData("hello\n", "line 1", "There is no column step")]
    [InlineData("step,lr\n0,0.1\n0,0.2\n", "line 3", "must rise")]
    [InlineData("step,lr\n0,Infinity\n", "line 2", "'Infinity'")]
    public void Read_TableThatMayMeanTwoThings_IsRefusedByName(string text, string path, string words)
    {
        var outcome = ScheduleImport.Read(text);

        Assert.Null(outcome.Schedule);
        Assert.Contains(outcome.Problems, problem => problem.Path == path && problem.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_WhatIsLeftOut_IsCountedAndTold()
    {
        var notes = ScheduleImport.Read("step;lr;learning_rate\n0;0,1;9\n0;0,1;9\n1;;\n2;0,05;9\n").Notes;

        Assert.Contains(notes, note => note.Contains("read with a decimal comma", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("no rate: 1", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("repeat the row before: 1", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("the rate from 'lr'", StringComparison.Ordinal));
    }
}
