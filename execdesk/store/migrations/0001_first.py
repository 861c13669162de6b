"""The tables as they were first made: a frozen copy, independent of the models of today.

Generated; do not edit. Until the first release: ``python -m execdesk.store.upgrade --regenerate``.
"""

# mypy: ignore-errors

from __future__ import annotations

from typing import Any

from peewee import BigAutoField, BigIntegerField, BlobField, BooleanField, CharField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    """Make all tables."""

    class Request(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        matter = CharField(index=True, max_length=48)
        title = CharField(max_length=128)
        subject = CharField(max_length=32, default='ordinary')
        circumstances = TextField()
        applicant = CharField(index=True, max_length=26)
        party = CharField(index=True, null=True, max_length=26)
        state = CharField(index=True, max_length=16)
        submitted_at = CharField(null=True, max_length=32)
        level = CharField(null=True, max_length=32)
        upward = BooleanField(default=False)
        step = IntegerField(default=0)
        content_hash = CharField(null=True, max_length=64)
        due_on = CharField(null=True, max_length=10)
        note = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'request'

    db.create_tables([Request])

    class Decision(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        request = CharField(index=True, max_length=26)
        kind = CharField(index=True, max_length=16)
        person = CharField(index=True, max_length=26)
        post = CharField(max_length=64)
        delegation = CharField(index=True, null=True, max_length=26)
        on = CharField(max_length=10, column_name='decided_on')
        at = CharField(max_length=32)
        level = CharField(max_length=32)
        article = CharField(max_length=16)
        phrase = TextField()
        reason = TextField()
        opinion = TextField(null=True)
        conflict = BooleanField(default=False)
        rule_id = CharField(max_length=32)
        data_hash = CharField(max_length=64)
        content_hash = CharField(null=True, max_length=64)
        chain_head = CharField(max_length=96)
        statement = TextField()
        signature = TextField()
        on_paper = TextField(null=True)
        paper_approval = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'decision'

    db.create_tables([Decision])

    class PaperApproval(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        request = CharField(index=True, max_length=26)
        content_hash = CharField(index=True, max_length=64)
        asked_by = CharField(index=True, max_length=26)
        asked_on = CharField(max_length=10)
        approvers = TextField()
        approved_on = CharField(null=True, max_length=10)
        opinion = TextField(null=True)
        scan = CharField(null=True, max_length=64)
        entered_by = CharField(index=True, null=True, max_length=26)
        entered_on = CharField(null=True, max_length=10)
        alone = BooleanField(default=False)
        state = CharField(index=True, max_length=16)
        settled_by = CharField(index=True, null=True, max_length=26)
        settled_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'paper_approval'

    db.create_tables([PaperApproval])

    class Panel(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        request = CharField(index=True, max_length=26)
        members = TextField()
        designated_by = CharField(index=True, null=True, max_length=26)
        designated_on = CharField(null=True, max_length=10)
        minutes = TextField(null=True)
        outcome = TextField(null=True)
        state = CharField(max_length=16)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'panel'

    db.create_tables([Panel])

    class Permit(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        request = CharField(index=True, max_length=26)
        kind = CharField(max_length=32)
        text = TextField()
        granted_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'permit'

    db.create_tables([Permit])

    class BoardCase(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        from_on = CharField(max_length=10)
        to_on = CharField(max_length=10)
        number = CharField(max_length=64)
        year = IntegerField()
        sequence = IntegerField()
        type_code = CharField(max_length=8)
        applicant = CharField(null=True, max_length=128)
        applicants = IntegerField()
        debtor = CharField(null=True, max_length=128)
        debtors = IntegerField()
        names = TextField()
        claim_fen = BigIntegerField(null=True)
        recovered_fen = BigIntegerField(null=True)
        group = CharField(null=True, max_length=26)
        town = CharField(null=True, max_length=32)
        state = CharField(max_length=16)
        filed_on = CharField(max_length=10)
        closed_on = CharField(null=True, max_length=10)
        closing_mode = CharField(null=True, max_length=32)
        due_on = CharField(null=True, max_length=10)
        term = CharField(null=True, max_length=48)
        due_words = CharField(null=True, max_length=32)
        due_kind = CharField(null=True, max_length=16)
        term_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_case'
            indexes = ((('until', 'state', 'due_on', 'year', 'sequence', 'from_on', 'to_on', 'group', 'town', 'claim_fen', 'recovered_fen', 'case'), False),)

    db.create_tables([BoardCase])

    class BoardTerm(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        term = CharField(max_length=48)
        row = CharField(max_length=26)
        node = CharField(max_length=64)
        words = CharField(max_length=32)
        kind = CharField(max_length=16)
        owner = CharField(max_length=32)
        from_on = CharField(null=True, max_length=10)
        due_on = CharField(null=True, max_length=10)
        told_by = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_term'
            indexes = ((('until', 'kind', 'due_on'), False),)

    db.create_tables([BoardTerm])

    class BoardWaiting(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        place = IntegerField()
        kind = CharField(max_length=48)
        row = CharField(max_length=26)
        words = CharField(max_length=32)
        duty = CharField(max_length=32)
        widely = CharField(max_length=32)
        person = CharField(max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_waiting'

    db.create_tables([BoardWaiting])

    class BoardWorker(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        person = CharField(index=True, max_length=26)
        role = CharField(max_length=16)
        from_on = CharField(max_length=10)
        to_on = CharField(max_length=10)
        row = CharField(max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_worker'

    db.create_tables([BoardWorker])

    class BoardMeasure(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        row = CharField(max_length=26)
        title = TextField()
        kind = CharField(max_length=24)
        control = CharField(max_length=16)
        amount_fen = BigIntegerField(null=True)
        owner = CharField(max_length=128)
        words = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_measure'
            indexes = ((('case', 'row'), False),)

    db.create_tables([BoardMeasure])

    class BoardImport(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        row = CharField(index=True, max_length=26)
        file = CharField()
        imported = IntegerField()
        decide = IntegerField()
        refused = IntegerField()
        state = CharField(max_length=16)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_import'
            indexes = ((('until', 'row'), False),)

    db.create_tables([BoardImport])

    class BoardTray(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        row = CharField(index=True, max_length=26)
        run = CharField(max_length=26)
        sheet = CharField(max_length=64)
        number = IntegerField()
        case_no = CharField(null=True, max_length=64)
        kind = CharField(max_length=16)
        words = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_tray'
            indexes = ((('until', 'run', 'sheet', 'number'), False),)

    db.create_tables([BoardTray])

    class BoardRequest(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        row = CharField(max_length=26)
        title = CharField(max_length=128)
        applicant = CharField(max_length=26)
        put_forward = TextField()
        submitted_at = CharField(null=True, max_length=32)
        state = CharField(max_length=16)
        sort = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_request'
            indexes = ((('until', 'state'), False), (('row',), False))

    db.create_tables([BoardRequest])

    class BoardDecision(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        row = CharField(max_length=26)
        request = CharField(index=True, max_length=26)
        kind = CharField(max_length=16)
        person = CharField(max_length=26)
        decided_on = CharField(max_length=10)
        at = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_decision'
            indexes = ((('until', 'decided_on'), False),)

    db.create_tables([BoardDecision])

    class BoardPaper(Model):
        id = BigAutoField()
        since = BigIntegerField()
        until = BigIntegerField(default=4611686018427387904)
        case = CharField(index=True, max_length=26)
        row = CharField(max_length=26)
        title = CharField(max_length=64)
        number = CharField(null=True, max_length=64)
        state = CharField(max_length=16)
        persons = TextField()
        words = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_paper'
            indexes = ((('until', 'state'), False),)

    db.create_tables([BoardPaper])

    class BoardSum(Model):
        id = BigAutoField()
        by = CharField(max_length=8)
        person = CharField(max_length=26)
        from_on = CharField(max_length=10)
        to_on = CharField(max_length=10)
        state = CharField(max_length=16)
        group = CharField(max_length=26)
        town = CharField(max_length=32)
        due_on = CharField(max_length=10)
        cases = BigIntegerField(default=0)
        claim_fen = BigIntegerField(default=0)
        recovered_fen = BigIntegerField(default=0)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'board_sum'
            indexes = ((('person', 'by', 'to_on', 'from_on', 'due_on', 'state', 'group', 'town', 'cases', 'claim_fen', 'recovered_fen'), False),)

    db.create_tables([BoardSum])

    class Case(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        number = CharField(index=True, max_length=64)
        year = IntegerField()
        type_code = CharField(max_length=8)
        kind = CharField(max_length=24, default='money')
        sequence = IntegerField()
        cause = CharField(max_length=64)
        filed_on = CharField(index=True, max_length=10)
        received_on = CharField(null=True, max_length=10)
        basis_kind = CharField(null=True, max_length=32)
        basis_no = CharField(null=True, max_length=64)
        basis_organ = CharField(null=True, max_length=64)
        basis_effective_on = CharField(null=True, max_length=10)
        obligation = TextField(null=True)
        claim_fen = BigIntegerField(null=True)
        principal_fen = BigIntegerField(null=True)
        interest_fen = BigIntegerField(null=True)
        costs_fen = BigIntegerField(null=True)
        fee_fen = BigIntegerField(null=True)
        opening_recovered_fen = BigIntegerField(null=True)
        group = CharField(index=True, null=True, max_length=26)
        group_reason = TextField(null=True)
        town = CharField(null=True, max_length=32)
        state = CharField(index=True, max_length=16)
        closed_on = CharField(null=True, max_length=10)
        closing_mode = CharField(null=True, max_length=32)
        closing_source = CharField(null=True, max_length=32)
        origin = CharField(max_length=16)
        held_by = CharField(max_length=8)
        provisional = BooleanField(default=False)
        last_paper_suffix = TextField(null=True)
        remarks = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'case'

    db.create_tables([Case])

    class Party(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        side = CharField(max_length=16)
        position = IntegerField()
        kind = CharField(max_length=16)
        name = CharField(index=True, max_length=128)
        id_kind = CharField(null=True, max_length=16)
        id_no = CharField(index=True, null=True, max_length=32)
        sex = CharField(null=True, max_length=4)
        born_on = CharField(null=True, max_length=10)
        ethnicity = CharField(null=True, max_length=16)
        occupation = CharField(null=True, max_length=64)
        address = TextField(null=True)
        phone = CharField(null=True, max_length=32)
        representative = CharField(null=True, max_length=64)
        representative_post = CharField(null=True, max_length=32)
        agent = CharField(null=True, max_length=128)
        special = TextField(null=True)
        special_source = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'party'

    db.create_tables([Party])

    class PartyTie(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        party = CharField(index=True, max_length=26)
        other = CharField(index=True, max_length=26)
        ground = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'party_tie'

    db.create_tables([PartyTie])

    class Assignment(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        person = CharField(index=True, max_length=26)
        role = CharField(max_length=16)
        starts_on = CharField(max_length=10)
        ends_on = CharField(null=True, max_length=10)
        reason = TextField()
        rule = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'assignment'

    db.create_tables([Assignment])

    class Extension(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        document = CharField(index=True, max_length=26)
        months = IntegerField()
        decided_on = CharField(max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'extension'

    db.create_tables([Extension])

    class WorkNote(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        kind = CharField(max_length=16)
        with_whom = CharField(null=True, max_length=64)
        on = CharField(max_length=10, column_name='noted_on')
        words = TextField()
        follow_up_on = CharField(null=True, max_length=10)
        follows = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'work_note'

    db.create_tables([WorkNote])

    class Court(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        name = CharField(max_length=64)
        code = CharField(max_length=16)
        upper = CharField(max_length=64)
        short = CharField(null=True, max_length=32)
        letters = CharField(null=True, max_length=16)
        address = CharField(null=True, max_length=128)
        telephone = CharField(null=True, max_length=64)
        hotline = CharField(null=True, max_length=64)
        account_name = CharField(null=True, max_length=64)
        account_bank = CharField(null=True, max_length=64)
        account_no = CharField(null=True, max_length=64)
        demo = BooleanField()
        root_fingerprint = CharField(max_length=64)
        root_certificate = TextField()
        started_on = CharField(max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'court'

    db.create_tables([Court])

    class Site(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        code = CharField(max_length=8)
        name = CharField(max_length=32)
        certificate = TextField(null=True)
        key = CharField(null=True, max_length=64)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'site'

    db.create_tables([Site])

    class Group(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        code = CharField(max_length=16)
        name = CharField(max_length=16)
        seat = CharField(max_length=32)
        site = CharField(max_length=8)
        starts_on = CharField(max_length=10)
        ends_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'bureau_group'

    db.create_tables([Group])

    class Area(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        code = CharField(max_length=9)
        name = CharField(max_length=32)
        names = TextField()
        group = CharField(index=True, null=True, max_length=26)
        near = CharField(null=True, max_length=9)
        kind = CharField(max_length=16)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'area'

    db.create_tables([Area])

    class LawCorrection(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        key = CharField(max_length=96)
        value = TextField()
        unit = CharField(max_length=32)
        valid_from = CharField(max_length=10)
        source = TextField()
        reason = TextField()
        proposed_by = CharField(index=True, max_length=26)
        state = CharField(max_length=16)
        approved_by = CharField(index=True, null=True, max_length=26)
        approved_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'law_correction'

    db.create_tables([LawCorrection])

    class Adoption(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        type_id = CharField(index=True, max_length=48)
        text_version = CharField(max_length=64)
        unconfirmed = TextField()
        proposed_by = CharField(index=True, max_length=26)
        state = CharField(max_length=16)
        approved_by = CharField(index=True, null=True, max_length=26)
        approved_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'adoption'

    db.create_tables([Adoption])

    class Incident(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        kind = CharField(max_length=32)
        place = TextField()
        text = TextField()
        case = CharField(index=True, null=True, max_length=26)
        found_at = CharField(max_length=32)
        state = CharField(max_length=16)
        settled_by = CharField(index=True, null=True, max_length=26)
        settled_note = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'incident'

    db.create_tables([Incident])

    class Line(Model):
        taken = BigAutoField()
        taken_at = CharField(max_length=32)
        run = IntegerField()
        site = CharField(max_length=8)
        incarnation = IntegerField()
        number = IntegerField()
        format = IntegerField()
        height = IntegerField(index=True)
        act = CharField(index=True, max_length=64)
        person = CharField(max_length=26)
        at = CharField(max_length=32)
        case_id = CharField(index=True, null=True, max_length=26)
        body = BlobField()
        hash = CharField(max_length=64)
        signature = BlobField()
        cosignature = BlobField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'line'
            indexes = ((('site', 'incarnation', 'number'), True),)

    db.create_tables([Line])

    class Touch(Model):
        id = BigAutoField()
        table = CharField(max_length=32, column_name='tbl')
        row = CharField(max_length=26)
        line = IntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'touch'
            indexes = ((('table', 'row'), False),)

    db.create_tables([Touch])

    class Waiting(Model):
        height = IntegerField()
        site = CharField(max_length=8)
        incarnation = IntegerField()
        number = IntegerField()
        hash = CharField(max_length=64)
        raw = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'waiting'
            indexes = ((('site', 'incarnation', 'number'), True),)

    db.create_tables([Waiting])

    class Clash(Model):
        table = CharField(max_length=32, column_name='tbl')
        row = CharField(index=True, max_length=26)
        fact = CharField(max_length=48)
        lines = TextField()
        values = TextField(column_name='vals')

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'clash'
            indexes = ((('table', 'row', 'fact'), True),)

    db.create_tables([Clash])

    class Acknowledged(Model):
        chain = CharField(max_length=16)
        number = IntegerField()
        hash = CharField(max_length=64)
        where = CharField(max_length=64, column_name='told_by')
        at = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'acknowledged'

    db.create_tables([Acknowledged])

    class Meta(Model):
        key = CharField(primary_key=True, max_length=64)
        value = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'meta'

    db.create_tables([Meta])

    class Draft(Model):
        person = CharField(index=True, max_length=26)
        place = CharField(max_length=128)
        sealed = BlobField()
        at = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'draft'
            indexes = ((('person', 'place'), True),)

    db.create_tables([Draft])

    class SearchEntry(Model):
        id = BigAutoField()
        case_id = CharField(index=True, max_length=26)
        kind = CharField(max_length=16)
        text = CharField(max_length=128)
        shown = CharField(max_length=128)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'search_entry'

    db.create_tables([SearchEntry])

    class Import(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        file_name = CharField()
        file_sha256 = CharField(max_length=64)
        counts = TextField()
        state = CharField(max_length=16)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'import'

    db.create_tables([Import])

    class TrayRow(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        run = CharField(index=True, max_length=26)
        sheet = CharField(max_length=64)
        row = IntegerField()
        fingerprint = CharField(index=True, max_length=64)
        case_no = CharField(null=True, max_length=64)
        kind = CharField(max_length=16)
        problems = TextField()
        raw = TextField()
        state = CharField(max_length=16)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'tray_row'

    db.create_tables([TrayRow])

    class LedgerRow(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        run = CharField(index=True, max_length=26)
        case = CharField(index=True, max_length=26)
        sheet = CharField(max_length=64)
        row = IntegerField()
        fingerprint = CharField(index=True, max_length=64)
        warnings = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'ledger_row'

    db.create_tables([LedgerRow])

    class Measure(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        property = CharField(index=True, max_length=26)
        party = CharField(index=True, max_length=26)
        kind = CharField(max_length=16)
        term_kind = CharField(null=True, max_length=24)
        words = TextField()
        assisting_unit = CharField(null=True, max_length=128)
        amount_fen = BigIntegerField(null=True)
        months = IntegerField(null=True)
        rank = IntegerField(default=1)
        state = CharField(max_length=16)
        ordered_on = CharField(null=True, max_length=10)
        served_on = CharField(null=True, max_length=10)
        effective_on = CharField(null=True, max_length=10)
        end_printed = CharField(null=True, max_length=10)
        end_told = CharField(null=True, max_length=10)
        released_on = CharField(null=True, max_length=10)
        disposed_on = CharField(null=True, max_length=10)
        told_fen = BigIntegerField(null=True)
        told_on = CharField(null=True, max_length=10)
        told_by = CharField(index=True, null=True, max_length=26)
        renewed_from = CharField(index=True, null=True, max_length=26)
        origin = CharField(max_length=16, default='ordered')

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'measure'

    db.create_tables([Measure])

    class MeasureRelease(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        measure = CharField(index=True, max_length=26)
        document = CharField(index=True, max_length=26)
        amount_fen = BigIntegerField()
        served_on = CharField(max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'measure_release'

    db.create_tables([MeasureRelease])

    class AssistReply(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        measure = CharField(index=True, max_length=26)
        document = CharField(index=True, null=True, max_length=26)
        received_on = CharField(max_length=10)
        result = CharField(max_length=16)
        controlled_fen = BigIntegerField(null=True)
        rank = IntegerField(null=True)
        ends_on = CharField(null=True, max_length=10)
        handler = CharField(null=True, max_length=64)
        reason = TextField(null=True)
        receipt_no = CharField(null=True, max_length=64)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'assist_reply'

    db.create_tables([AssistReply])

    class MoneyReceipt(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        bank_ref = CharField(index=True, max_length=64)
        account = CharField(max_length=16)
        received_on = CharField(max_length=10)
        booked_on = CharField(max_length=10)
        amount_fen = BigIntegerField()
        payer_name = CharField(null=True, max_length=128)
        payer_account = CharField(null=True, max_length=64)
        purpose = TextField(null=True)
        medium = CharField(max_length=16)
        arrival_notice_on = CharField(null=True, max_length=10)
        reverses = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'money_receipt'

    db.create_tables([MoneyReceipt])

    class Claiming(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        receipt = CharField(index=True, max_length=26)
        case = CharField(index=True, max_length=26)
        amount_fen = BigIntegerField()
        kind = CharField(max_length=16)
        by_debtor = CharField(index=True, null=True, max_length=26)
        measure = CharField(index=True, null=True, max_length=26)
        interest_stop_on = CharField(max_length=10)
        claimed_on = CharField(max_length=10)
        reverses = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'claiming'

    db.create_tables([Claiming])

    class ReceiptTie(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        receipt = CharField(index=True, max_length=26)
        other = CharField(index=True, max_length=26)
        ground = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'receipt_tie'

    db.create_tables([ReceiptTie])

    class Document(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        request = CharField(index=True, null=True, max_length=26)
        measure = CharField(index=True, null=True, max_length=26)
        type_id = CharField(max_length=48)
        title = CharField(max_length=64)
        addressee = CharField(null=True, max_length=128)
        series = CharField(max_length=24)
        state = CharField(index=True, max_length=16)
        text_version = CharField(null=True, max_length=64)
        inputs = TextField()
        content = TextField(null=True)
        content_hash = CharField(null=True, max_length=64)
        number = CharField(index=True, null=True, max_length=64)
        suffix = IntegerField(null=True)
        signed_on = CharField(null=True, max_length=10)
        signer = CharField(index=True, null=True, max_length=26)
        pages = IntegerField(null=True)
        fields = TextField(null=True)
        file = CharField(null=True, max_length=64)
        law_hash = CharField(null=True, max_length=64)
        corrects = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'document'

    db.create_tables([Document])

    class KeptFile(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        document = CharField(index=True, max_length=26)
        sha256 = CharField(index=True, max_length=64)
        size = IntegerField()
        kind = CharField(max_length=16)
        before = CharField(index=True, null=True, max_length=26)
        person = CharField(index=True, max_length=26)
        at = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'kept_file'

    db.create_tables([KeptFile])

    class TakenNumber(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, null=True, max_length=26)
        series = CharField(max_length=24)
        suffix = IntegerField()
        number = CharField(index=True, max_length=64)
        year = IntegerField(null=True)
        document = CharField(index=True, null=True, max_length=26)
        state = CharField(max_length=16)
        cause = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'taken_number'
            indexes = ((('series', 'number'), False), (('case', 'series', 'suffix'), False), (('series', 'year', 'suffix'), False))

    db.create_tables([TakenNumber])

    class Service(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        document = CharField(index=True, max_length=26)
        recipient = CharField(max_length=128)
        method = CharField(max_length=16)
        served_on = CharField(max_length=10)
        served_by = CharField(index=True, max_length=26)
        note = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'service'

    db.create_tables([Service])

    class Printing(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        document = CharField(index=True, max_length=26)
        kind = CharField(max_length=16)
        copies = IntegerField()
        ordinal = IntegerField()
        person = CharField(index=True, max_length=26)
        at = CharField(max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'printing'

    db.create_tables([Printing])

    class Person(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        name = CharField(max_length=32)
        account = CharField(max_length=32)
        staffing = CharField(max_length=16, default='political')
        id_no = CharField(null=True, max_length=32)
        certificate_no = CharField(null=True, max_length=32)
        enforcement_no = CharField(null=True, max_length=32)
        police_no = CharField(null=True, max_length=32)
        phone = CharField(null=True, max_length=32)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'person'

    db.create_tables([Person])

    class Post(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        person = CharField(index=True, max_length=26)
        post = CharField(max_length=24)
        group = CharField(index=True, null=True, max_length=26)
        site = CharField(max_length=8)
        starts_on = CharField(max_length=10)
        ends_on = CharField(null=True, max_length=10)
        state = CharField(max_length=16)
        countersigned_by = CharField(index=True, null=True, max_length=26)
        appointment = CharField(null=True, max_length=64)
        root_signature = TextField(null=True)
        note = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'post'

    db.create_tables([Post])

    class Delegation(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        person = CharField(index=True, max_length=26)
        letter = CharField(max_length=64)
        matters = TextField()
        starts_on = CharField(max_length=10)
        ends_on = CharField(max_length=10)
        revoked_on = CharField(null=True, max_length=10)
        scan = CharField(null=True, max_length=64)
        state = CharField(max_length=16)
        countersigned_by = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'delegation'

    db.create_tables([Delegation])

    class Certificate(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        person = CharField(index=True, max_length=26)
        site = CharField(max_length=8)
        serial = CharField(max_length=64)
        pem = TextField()
        purpose = CharField(max_length=16)
        state = CharField(max_length=16)
        issued_at = CharField(max_length=32)
        revoked_at = CharField(null=True, max_length=32)
        reason = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'certificate'

    db.create_tables([Certificate])

    class SessionKey(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        person = CharField(index=True, max_length=26)
        certificate = CharField(index=True, null=True, max_length=26)
        site = CharField(max_length=8)
        public = CharField(max_length=64)
        opened_at = CharField(max_length=32)
        binding = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'session_key'

    db.create_tables([SessionKey])

    class Property(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        kind = CharField(max_length=24)
        identifiers = TextField()
        natural_key = CharField(index=True, null=True, max_length=160)
        words = TextField()
        place = TextField(null=True)
        found_by = CharField(max_length=16)
        found_on = CharField(max_length=10)
        value_fen = BigIntegerField(null=True)
        value_from = CharField(null=True, max_length=16)
        exempt = TextField(null=True)
        home = BooleanField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'property'

    db.create_tables([Property])

    class PropertyOwner(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        property = CharField(index=True, max_length=26)
        party = CharField(index=True, max_length=26)
        share = CharField(max_length=16)
        paper = CharField(index=True, null=True, max_length=26)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'property_owner'

    db.create_tables([PropertyOwner])

    class PropertyTie(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        property = CharField(index=True, max_length=26)
        other = CharField(index=True, max_length=26)
        ground = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'property_tie'

    db.create_tables([PropertyTie])

    class ObstructionAct(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        case = CharField(index=True, max_length=26)
        party = CharField(index=True, null=True, max_length=26)
        outsider = CharField(null=True, max_length=128)
        on = CharField(max_length=10, column_name='acted_on')
        place = CharField(null=True, max_length=128)
        words = TextField()
        statute_item = CharField(max_length=24)
        evidence = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'obstruction_act'

    db.create_tables([ObstructionAct])

    class Team(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        name = CharField(max_length=32)
        group = CharField(index=True, max_length=26)
        starts_on = CharField(max_length=10)
        ends_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'team'

    db.create_tables([Team])

    class TeamMember(Model):
        id = CharField(primary_key=True, max_length=26)
        version = IntegerField(default=1)
        writes = TextField(default='{}')
        struck = TextField(null=True)
        team = CharField(index=True, max_length=26)
        person = CharField(index=True, max_length=26)
        role = CharField(max_length=16)
        starts_on = CharField(max_length=10)
        ends_on = CharField(null=True, max_length=10)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = 'team_member'

    db.create_tables([TeamMember])
