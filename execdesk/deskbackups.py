"""What a window or a command does with the backups of a desk: one to a place told, the daily ones by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from execdesk.access import daily_backup
from execdesk.access.daily_backup import BackupPlan as BackupPlan
from execdesk.access.daily_backup import BackupSettings
from execdesk.access.door import Door
from execdesk.access.safekeeping import back_up, require_backup_duty
from execdesk.access.session import Session
from execdesk.integrity.incidents import against_everything
from execdesk.law.refusal import Refusal
from execdesk.store.backup_file import Manifest, Progress
from execdesk.store.dberrors import database_errors_as_refusals


@dataclass
class DeskBackups(Door):
    """The backups of one desk. What stands open against its chain is told in each of them."""

    session: Session

    def write(self, target: Path, progress: Progress = lambda done, total: None) -> Manifest:
        """A verified backup in one file; refusals as :func:`execdesk.access.safekeeping.back_up`, ``access.duty``."""
        require_backup_duty(self.session)
        return back_up(self.session.store, target, progress, found=against_everything())

    @property
    def plan(self) -> BackupPlan:
        """Where the daily ones go, and how many are kept."""
        return daily_backup.plan_of(self.session)

    @property
    def settings(self) -> BackupSettings:
        """Within which bounds that is chosen."""
        return daily_backup.backup_settings(self.session.resources)

    def choose(self, folder: str, kept: int) -> BackupPlan:
        """Choose it; refusals as :func:`execdesk.access.daily_backup.choose_plan`."""
        return daily_backup.choose_plan(self.session, folder, kept)

    @property
    def due(self) -> bool:
        """Whether today's is still to be made; not where the store cannot be asked."""
        try:
            with database_errors_as_refusals():
                return daily_backup.is_due(self.session)
        except Refusal:
            return False

    @property
    def age(self) -> str:
        """How old the last whole one is, in words."""
        return daily_backup.standing(self.session).age

    def write_today(self, progress: Progress = lambda done, total: None) -> Manifest:
        """Today's, also while nobody is signed in; refusals as :func:`execdesk.access.daily_backup.back_up_today`."""
        return daily_backup.back_up_today(self.session, progress, found=against_everything())
