-- The carrier's reseller hears of its job; the owner's own trips need no telling.

CREATE OR REPLACE FUNCTION tell_carrier(p_job uuid, p_topic text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE job exchange_job;
BEGIN
  SELECT * INTO job FROM exchange_job WHERE id = p_job AND owner_role = current_setting('role');
  IF job.id IS NULL THEN PERFORM exchange_missing(); END IF;
  IF p_topic NOT IN ('exchange.job_opened', 'exchange.job_moved') THEN PERFORM exchange_refuse('unknown_topic'); END IF;
  IF job.carrier_role <> job.owner_role THEN
    PERFORM exchange_tell(job.carrier_role, p_topic,
      jsonb_build_object('side', 'carrier', 'job', job.id, 'stage', job.stage, 'carrier', job.carrier_id), p_at);
  END IF;
END $$;
REVOKE ALL ON FUNCTION tell_carrier(uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_carrier(uuid, text, timestamptz) TO tenant;
