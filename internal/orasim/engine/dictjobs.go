package engine

import "landfall/internal/model"

// jobViews are jobs, programs and schedules that scripts make by calls of DBMS_SCHEDULER and DBMS_JOB; nothing runs them.
var jobViews []dictView

func init() {
	jobViews = []dictView{
		{
			name: "JOBS", user: "schema_user", keep: true, rows: dictOldJobs,
			columns: "job:n log_user:i priv_user:i schema_user:i last_date:d last_sec:i this_date:d this_sec:i next_date:d next_sec:i total_time:n broken:i interval:v failures:n what:v nls_env:v instance:n",
		},
		{
			name: "SCHEDULER_JOBS", of: "owner job_name", rows: dictJobs,
			columns: "owner:i job_name:i job_subname:i job_style:i job_creator:i client_id:i global_uid:i program_owner:i program_name:i job_type:i job_action:v number_of_arguments:n schedule_owner:i schedule_name:i schedule_type:i start_date:z repeat_interval:v event_queue_owner:i event_queue_name:i end_date:z job_class:i enabled:i auto_drop:i restart_on_recovery:i restart_on_failure:i state:i job_priority:n run_count:n uptime_run_count:n max_runs:n failure_count:n max_failures:n retry_count:n last_start_date:z next_run_date:z logging_level:i comments:v system:i",
		},
		{
			name: "SCHEDULER_PROGRAMS", of: "owner program_name", rows: dictPrograms,
			columns: "owner:i program_name:i program_type:i program_action:v number_of_arguments:n enabled:i detached:i schedule_limit:i priority:n weight:n max_runs:n max_failures:n comments:v",
		},
		{
			name: "SCHEDULER_SCHEDULES", of: "owner schedule_name", rows: dictSchedules,
			columns: "owner:i schedule_name:i schedule_type:i start_date:z repeat_interval:v event_queue_owner:i event_queue_name:i event_condition:v end_date:z comments:v",
		},
		{
			name: "QUEUES", of: "owner name", rows: dictQueues,
			columns: "owner:i name:i queue_table:i qid:n queue_type:i max_retries:n retry_delay:n enqueue_enabled:i dequeue_enabled:i retention:i user_comment:v",
		},
		{
			name: "QUEUE_TABLES", of: "owner queue_table", rows: dictQueueTables,
			columns: "owner:i queue_table:i type:i object_type:i sort_order:i recipients:i message_grouping:i compatible:i primary_instance:n secondary_instance:n owner_instance:n user_comment:v secure:i",
		},
	}
}

// called are the objects of a kind that scripts make by calls.
func (s *Session) called(space byte, kind model.ObjectKind, f func(o *object, m *model.Object)) {
	for _, o := range s.db.sorted(space, func(o *object) bool { return o.kind == string(kind) && o.facts != nil }) {
		f(o, o.facts)
	}
}

func dictOldJobs(s *Session, put putRow) {
	n := 0
	s.called('j', model.KindJob, func(o *object, m *model.Object) {
		if m.Job == nil || m.Job.Type != "DBMS_JOB" {
			return
		}
		n++
		put("job", n, "log_user", o.owner, "priv_user", o.owner, "schema_user", o.owner, "next_date", s.db.start, "total_time", 0, "broken", "N", "interval", m.Job.Repeat, "failures", 0, "what", m.Job.Action, "instance", 0)
	})
}

// ownerOf cuts SCHEMA.NAME.
func ownerOf(name string) (owner, last string) {
	for i := range len(name) {
		if name[i] == '.' {
			return name[:i], name[i+1:]
		}
	}
	return "", name
}

func dictJobs(s *Session, put putRow) {
	s.called('j', model.KindJob, func(o *object, m *model.Object) {
		j := m.Job
		if j == nil || j.Type == "DBMS_JOB" {
			return
		}
		progOwner, prog := ownerOf(j.Program)
		schedOwner, sched := ownerOf(j.Schedule)
		if prog != "" && progOwner == "" {
			progOwner = o.owner
		}
		if sched != "" && schedOwner == "" {
			schedOwner = o.owner
		}
		kind := "CALENDAR"
		switch {
		case sched != "":
			kind = "NAMED"
		case j.Repeat == "":
			kind = "ONCE"
		}
		put("owner", o.owner, "job_name", o.name, "job_style", "REGULAR", "job_creator", o.owner, "program_owner", progOwner, "program_name", prog, "job_type", j.Type, "job_action", short(j.Action), "number_of_arguments", 0,
			"schedule_owner", schedOwner, "schedule_name", sched, "schedule_type", kind, "repeat_interval", short(j.Repeat), "job_class", "DEFAULT_JOB_CLASS", "enabled", "TRUE", "auto_drop", "TRUE", "restart_on_recovery", "FALSE",
			"restart_on_failure", "FALSE", "state", "SCHEDULED", "job_priority", 3, "run_count", 0, "failure_count", 0, "retry_count", 0, "logging_level", "OFF", "comments", short(m.Comment), "system", "FALSE")
	})
}

func dictPrograms(s *Session, put putRow) {
	s.called('j', model.KindProgram, func(o *object, m *model.Object) {
		if j := m.Job; j != nil {
			put("owner", o.owner, "program_name", o.name, "program_type", j.Type, "program_action", short(j.Action), "number_of_arguments", 0, "enabled", "TRUE", "detached", "FALSE", "comments", short(m.Comment))
		}
	})
}

func dictSchedules(s *Session, put putRow) {
	s.called('j', model.KindSchedule, func(o *object, m *model.Object) {
		if j := m.Job; j != nil {
			put("owner", o.owner, "schedule_name", o.name, "schedule_type", word(j.Repeat == "", "ONCE", "CALENDAR"), "repeat_interval", short(j.Repeat), "comments", short(m.Comment))
		}
	})
}

func dictQueues(s *Session, put putRow) {
	s.called('q', model.KindQueue, func(o *object, m *model.Object) {
		put("owner", o.owner, "name", o.name, "qid", o.id, "queue_type", "NORMAL_QUEUE", "max_retries", 5, "retry_delay", 0, "enqueue_enabled", "  YES  ", "dequeue_enabled", "  YES  ", "retention", "0")
	})
}

func dictQueueTables(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.facts != nil && o.facts.Table != nil && o.facts.Table.Queue != "" }) {
		put("owner", o.owner, "queue_table", o.name, "type", "OBJECT", "object_type", o.facts.Table.Queue, "sort_order", "ENQUEUE_TIME", "recipients", "SINGLE", "message_grouping", "NONE", "secure", "NO")
	}
}
