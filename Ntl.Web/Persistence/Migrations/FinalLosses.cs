using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The sixth schema: what a uniform guess loses on each run's vocabulary, which final losses are judged by; and no latest validation of runs whose last one was no number.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261130100000_FinalLosses")]
public sealed class FinalLosses : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<double>("UniformLoss", "runs", nullable: true);
        if (!migrationBuilder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            return;
        }

        migrationBuilder.Sql("""UPDATE "runs" SET "UniformLoss" = ln(json_extract("SpecJson", '$.model.vocabularySize')) WHERE json_valid("SpecJson")""");
        migrationBuilder.Sql("""
            UPDATE "runs" SET "ValidationLoss" = NULL
            WHERE "Id" IN (SELECT "RunId" FROM "evaluations" WHERE "Slice" = 'Public' AND "Loss" IS NULL)
            """);
    }
}
