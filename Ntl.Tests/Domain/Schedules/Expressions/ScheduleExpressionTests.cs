using FsCheck;
using FsCheck.Fluent;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Expressions;
using Ntl.Tests.Support;

namespace Ntl.Tests.Domain.Schedules.Expressions;

public class ScheduleExpressionTests
{
    [Theory]
    [InlineData("peak*(1-t)^1.5", "peak*(1-t)^1.5")]
    [InlineData("  peak * ( ( 1 - t ) ) ** 1.50 ", "peak*(1-t)^1.5")]
    [InlineData("pow(t, 2)", "t^2")]
    [InlineData("(a+b)+c", "a+b+c")]
    [InlineData("a+(b+c)", "a+(b+c)")]
    [InlineData("a-(b-c)", "a-(b-c)")]
    [InlineData("(a*b)/c", "a*b/c")]
    [InlineData("a*(b/c)", "a*(b/c)")]
    [InlineData("(2^3)^2", "(2^3)^2")]
    [InlineData("2^(3^2)", "2^3^2")]
    [InlineData("2^(-1)", "2^-1")]
    [InlineData("-(2^2)", "-2^2")]
    [InlineData("(-2)^2", "(-2)^2")]
    [InlineData("(-a)*(-b)", "-a*-b")]
    [InlineData("-(a*b)", "-(a*b)")]
    [InlineData("+a", "a")]
    [InlineData("1.0e-3 + .5 + 5.", "0.001+0.5+5")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("2e5", "200000")]
    [InlineData("min(a, b, c)", "min(min(a,b),c)")]
    [InlineData("clamp(t, 0, 1)", "clamp(t,0,1)")]
    [InlineData("2e", null)]
    [InlineData("e", "e")]
    public void Parse_AnyWriting_HasOneText(string text, string? canonical)
    {
        var expression = ScheduleExpression.Parse(text, out var problem);

        Assert.Equal(canonical, expression?.Text);
        Assert.Equal(canonical is null, problem is not null);
    }

    // Expected values by hand; n = 10.
    [Theory]
    [InlineData("2+3*4", 0, 14)]
    [InlineData("2*3+4", 0, 10)]
    [InlineData("10-4-3", 0, 3)]
    [InlineData("16/4/2", 0, 2)]
    [InlineData("2^3^2", 0, 512)]
    [InlineData("-2^2+5", 0, 1)]
    [InlineData("2^-1", 0, 0.5)]
    [InlineData("-3*-2", 0, 6)]
    [InlineData("t", 5, 0.5)]
    [InlineData("k", 7, 7)]
    [InlineData("n", 7, 10)]
    [InlineData("pi", 0, Math.PI)]
    [InlineData("sqrt(9)", 0, 3)]
    [InlineData("exp(1)", 0, Math.E)]
    [InlineData("log(exp(2))", 0, 2)]
    [InlineData("cos(0)+sin(0)", 0, 1)]
    [InlineData("abs(0-4)", 0, 4)]
    [InlineData("floor(2.7)+floor(-0.5)", 0, 1)]
    [InlineData("pow(2,10)", 0, 1024)]
    [InlineData("min(3,1,2)", 0, 1)]
    [InlineData("max(3,1,2)", 0, 3)]
    [InlineData("clamp(k,2,5)", 1, 2)]
    [InlineData("clamp(k,2,5)", 3, 3)]
    [InlineData("clamp(k,2,5)", 9, 5)]
    [InlineData("min(4,1/k)", 0, 4)]
    [InlineData("1-(2-(3-(4-5)))", 0, 3)]
    public void RateAt_EachOperation_IsItsValue(string formula, long step, double value) =>
        Assert.Equal(value, new ExpressionPhase(10, formula).RateAt(step), 1e-15);

    [Fact]
    public void Parse_TextOfAnyTree_IsItself() => Prop.ForAll(s_texts, text =>
    {
        var expression = ScheduleExpression.Parse(text, out _);

        Assert.NotNull(expression);
        Assert.Equal(expression.Text, ScheduleExpression.Parse(expression.Text, out _)?.Text);
        // No white space and no needless parenthesis changes a value.
        var (read, again) = (Values(text), Values(expression.Text));
        Assert.Equal(read.Select(BitConverter.DoubleToInt64Bits), again.Select(BitConverter.DoubleToInt64Bits));
    }).Check(Properties.Seeded(500));

    [Theory]
    [InlineData("", 1, "missing")]
    [InlineData("   ", 4, "missing")]
    [InlineData("2*", 3, "missing")]
    [InlineData("2 3", 3, "'3' cannot follow")]
    [InlineData("(2", 3, "parenthesis opened at character 1 is not closed")]
    [InlineData("2)", 2, "closes nothing")]
    [InlineData("sqrt(2", 7, "opened at character 5")]
    [InlineData("sqrt 2", 1, "in parentheses")]
    [InlineData("sqrt(1,2)", 1, "takes 1 value, not 2")]
    [InlineData("min(1)", 1, "takes 2 values, not 1")]
    [InlineData("clamp(1,2)", 1, "takes 3 values, not 2")]
    [InlineData("1+tan(2)", 3, "no function 'tan'")]
    [InlineData("1..2", 3, "cannot follow")]
    [InlineData(".", 1, "no number")]
    [InlineData("1e999", 1, "too large")]
    [InlineData("1+1e-999", 3, "too small")]
    [InlineData("1 − t", 3, "U+2212; write '-'")]
    [InlineData("2*π", 3, "write 'pi'")]
    [InlineData("peak×t", 5, "write '*'")]
    [InlineData("😀", 1, "U+1F600")]
    [InlineData("a\0b", 2, "control character U+0000")]
    [InlineData("t;rm -rf", 2, "';' cannot follow")]
    [InlineData("__import__('os')", 1, "no function '__import__'")]
    [InlineData("1 if t else 2", 3, "'i' cannot follow")]
    [InlineData("٣", 1, "U+0663")]
    public void Parse_BrokenText_NamesThePlace(string text, int position, string words)
    {
        Assert.Null(ScheduleExpression.Parse(text, out var problem));

        Assert.Equal(position, problem!.Position);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"At character {position}: "), problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HalfOfACharacter_SaysSo()
    {
        Assert.Null(ScheduleExpression.Parse("1+" + '\ud800', out var problem));

        Assert.Equal("At character 3: half of a character has no meaning here: a number, a name or a parenthesis belongs here.", problem!.Message);
    }

    [Theory]
    [InlineData("1000000 characters", "has at most 500 characters; this one has 1000000")]
    [InlineData("100000 parentheses", "has at most 500 characters")]
    [InlineData("200 parentheses", "nested at most 50 deep")]
    [InlineData("200 signs", "nested at most 50 deep")]
    [InlineData("200 powers", "nested at most 50 deep")]
    [InlineData("200 sums", "at most 100 operations")]
    public void Parse_HugeText_IsRefusedAtOnce(string what, string words)
    {
        var count = int.Parse(what.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var text = what.Split(' ')[1] switch
        {
            "characters" => new string('1', count),
            "parentheses" => new string('(', count) + "1" + new string(')', count),
            "signs" => new string('-', count) + "1",
            "powers" => string.Concat(Enumerable.Repeat("1^", count)) + "1",
            _ => string.Concat(Enumerable.Repeat("1+", count)) + "1",
        };

        Assert.Null(ScheduleExpression.Parse(text, out var problem));

        Assert.Contains(words, problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyCharacters_NeverThrows() => Prop.ForAll(
        Gen.Elements("1", ".", "e", "(", ")", "+", "-", "*", "/", "^", ",", "t", "min", "a", " ", "é", "\ud83d", "0").ListOf(12).Select(string.Concat).ToArbitrary(),
        text => Assert.True(ScheduleExpression.Parse(text, out var problem) is not null ^ problem is not null)).Check(Properties.Seeded(2000));

    private static readonly Arbitrary<string> s_texts = Tree(4).ToArbitrary();

    private static Gen<string> Tree(int depth) => depth == 0
        ? Gen.Elements("t", "k", "n", "pi", "0.5", "3", "1e-3")
        : Gen.OneOf(
            Tree(0),
            from operation in Gen.Elements("+", "-", "*", "/", "^")
            from left in Tree(depth - 1)
            from right in Tree(depth - 1)
            from parentheses in Gen.Elements(true, false)
            select parentheses ? $"({left}) {operation} ({right})" : $"{left}{operation}{right}",
            Tree(depth - 1).Select(inner => $"-({inner})"),
            Gen.Elements("sqrt", "exp", "abs", "floor", "cos").SelectMany(name => Tree(depth - 1).Select(inner => $"{name}({inner})")),
            Gen.Elements("min", "max", "pow").SelectMany(name => Tree(depth - 1).SelectMany(x => Tree(depth - 1).Select(y => $"{name}({x},{y})"))));

    private static double[] Values(string formula)
    {
        var phase = new ExpressionPhase(5, formula);
        return [.. Enumerable.Range(0, 5).Select(step => phase.RateAt(step))];
    }
}
