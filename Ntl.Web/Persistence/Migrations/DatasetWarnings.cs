using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>Data sets keep what made them doubtful when they were added.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261130190000_DatasetWarnings")]
public sealed class DatasetWarnings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("WarningsJson", "datasets", nullable: false, defaultValue: "[]");
}
