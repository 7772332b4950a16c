using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ntl.Web.Persistence.Migrations;

/// <summary>The second schema: runs that branch off others, and the experiments that they are part of. Runs of before are runs of their own.</summary>
[DbContext(typeof(NtlDbContext))]
[Migration("20261123000000_Branches")]
public sealed class Branches : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("ParentRunId", "runs", nullable: true);
        migrationBuilder.AddColumn<long>("BranchStep", "runs", nullable: true);
        migrationBuilder.AddColumn<long>("OriginTicks", "runs", nullable: true);
        migrationBuilder.AddColumn<string>("ExperimentId", "runs", nullable: true);
        migrationBuilder.AddColumn<string>("ExperimentKind", "runs", nullable: true);
        migrationBuilder.CreateIndex("IX_runs_ParentRunId", "runs", "ParentRunId");
        migrationBuilder.CreateIndex("IX_runs_ExperimentId_CreatedTicks", "runs", ["ExperimentId", "CreatedTicks"]);
    }
}
